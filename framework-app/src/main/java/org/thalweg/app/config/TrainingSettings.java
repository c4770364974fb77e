package org.thalweg.app.config;

import java.util.List;
import java.util.Optional;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.training.StopCriterion;

/**
 * How long and how fast a run trains.
 *
 * @param epochs at most
 * @param stop ends the run early
 * @param accumulate batches of a step
 * @param threads asked for
 */
@Description("How long and how fast a run trains.")
public record TrainingSettings(
        @Description("How often the training data is gone through, at most.") @Min(1) int epochs,
        @Description("What ends the run early; the first that is met does.") @Default("[]") List<StopCriterion> stop,
        @Description("Batches whose gradients add up to one step, as if they were one large batch. Schedules and 'steps' count these.")
                @Default("1") @Min(1) int accumulate,
        @Description("Threads that compute; all processors if not given. Results do not depend on it.") @Min(1) Optional<Integer> threads) {
    /** Copies the list. */
    public TrainingSettings {
        stop = List.copyOf(stop);
    }

    /** The threads to use: never more than the machine has processors, so that a file from a larger machine runs on a smaller one. */
    public int usableThreads() {
        int processors = Runtime.getRuntime().availableProcessors();
        return threads.map(asked -> Math.min(asked, processors)).orElse(processors);
    }
}
