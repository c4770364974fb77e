package org.thalweg.api.optim;

import org.thalweg.api.plugin.Stable;
import org.thalweg.api.training.TrainingListener.EpochEnded;

/**
 * How the learning rate changes over a run. Computed once a step on the host, in double. Immutable; every run gets a {@link Course} of its
 * own, which matters only to schedules that answer to metrics.
 */
@Stable
public interface Schedule {
    /**
     * The factor on the optimizer's learning rate.
     *
     * @param step the number of steps that were done before this one, from 0
     */
    double factor(long step);

    /** The course of this schedule in one run. The trainer reads the factors from it, and tells it of every epoch. */
    default Course start() {
        return this::factor;
    }

    /** A schedule in one run. Has one owner, the run; a resumed run tells it the epochs again that were done before. */
    interface Course {
        /**
         * The factor on the optimizer's learning rate.
         *
         * @param step the number of steps that were done before this one, from 0
         */
        double factor(long step);

        /** After an epoch and its validation. */
        default void afterEpoch(EpochEnded epoch) {}
    }
}
