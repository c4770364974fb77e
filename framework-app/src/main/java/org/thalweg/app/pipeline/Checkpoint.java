package org.thalweg.app.pipeline;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.api.training.TrainingListener.EpochEnded;

/**
 * All that a run needs to go on after an epoch as if it had never stopped; immutable. Row order and random numbers follow from the seed, the
 * epoch and the step, so they need not be kept.
 *
 * @param epochs that ended, as listeners heard of them; from them best epoch and stop criteria are known
 * @param weights as they are trained, after the last of them
 * @param evaluated the weights to judge and to use, which differ where the optimizer averages
 * @param optimizerState by parameter and name, as {@code 0.weight/velocity}
 */
public record Checkpoint(List<EpochEnded> epochs, Weights weights, Weights evaluated, Map<String, StoredTensor> optimizerState) {
    /** Copies what can change. */
    public Checkpoint {
        epochs = List.copyOf(epochs);
        optimizerState = Collections.unmodifiableMap(new LinkedHashMap<>(optimizerState));
        if (epochs.isEmpty()) {
            throw new IllegalArgumentException("a checkpoint is made at the end of an epoch, but no epoch has ended");
        }
    }

    /** The last epoch that ended. */
    public EpochEnded last() {
        return epochs.getLast();
    }

    /** Is handed a checkpoint at the end of every epoch, on the training thread. */
    @FunctionalInterface
    public interface Receiver {
        /**
         * An epoch is done, and listeners have heard of it.
         *
         * @param best whether no epoch before was as good
         */
        void epochEnded(Checkpoint checkpoint, boolean best);
    }
}
