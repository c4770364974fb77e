package org.thalweg.api.training;

import java.util.List;
import org.thalweg.api.plugin.Stable;

/** When to stop early. Immutable; every run gets a monitor of its own. */
@Stable
public interface StopCriterion {
    /** A monitor for one run. */
    Monitor start();

    /** Whether the monitor reads {@link TrainingListener.StepEnded#gradientNorm()}, which costs a pass over the gradients. */
    default boolean needsGradientNorm() {
        return false;
    }

    /** The full names of the metrics that the monitor reads, as {@code validation.loss}. A run that does not report one of them never begins. */
    default List<String> metrics() {
        return List.of();
    }

    /** Watches one run. Each method returns a sentence that says why to stop, or null to go on. */
    interface Monitor {
        /** After a step. */
        default String afterStep(TrainingListener.StepEnded step) {
            return null;
        }

        /** After an epoch. */
        default String afterEpoch(TrainingListener.EpochEnded epoch) {
            return null;
        }
    }
}
