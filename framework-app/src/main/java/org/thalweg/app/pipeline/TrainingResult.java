package org.thalweg.app.pipeline;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.thalweg.api.training.StopReason;

/**
 * What a run leaves behind.
 *
 * @param reason why it ended
 * @param metrics of the last epoch that ended, and of the test data: {@code train.loss}, {@code validation.loss}, {@code test.accuracy} ...
 * @param epochs that ended
 * @param steps that were done
 * @param bestEpoch the epoch after which the first validation metric was best (the validation loss where there is no metric, the training
 *     loss where there is no validation data); 0 where no epoch ended
 * @param finalWeights after the last step; where a loss or gradient was not finite, before that step
 * @param bestWeights after the best epoch; the final ones where no epoch ended, or the best one did before the
 *     run was resumed
 * @param optimizerState what the optimizer keeps after the last step, by parameter and name: {@code 0.weight/velocity}
 * @param backend what computed, as {@code "cpu, vectors of 512 bit, 2 threads"}
 * @param seconds of the whole run
 */
public record TrainingResult(
        StopReason reason,
        Map<String, Double> metrics,
        int epochs,
        long steps,
        int bestEpoch,
        Weights finalWeights,
        Weights bestWeights,
        Map<String, StoredTensor> optimizerState,
        String backend,
        double seconds) {
    /** Copies the maps in their order. */
    public TrainingResult {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        optimizerState = Collections.unmodifiableMap(new LinkedHashMap<>(optimizerState));
    }
}
