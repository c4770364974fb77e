package org.thalweg.app.pipeline;

import org.thalweg.api.training.TrainingListener.EpochEnded;

/** Is handed the weights at the end of every epoch, on the training thread. */
@FunctionalInterface
public interface EpochWeights {
    /**
     * An epoch is done.
     *
     * @param epoch as listeners have just heard of it
     * @param weights as they are now; immutable
     * @param best whether no epoch before was as good
     */
    void epochEnded(EpochEnded epoch, Weights weights, boolean best);
}
