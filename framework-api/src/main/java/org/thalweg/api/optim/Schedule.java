package org.thalweg.api.optim;

import org.thalweg.api.plugin.Stable;

/** How the learning rate changes over a run. Computed once a step on the host, in double. */
@Stable
public interface Schedule {
    /**
     * The factor on the optimizer's learning rate.
     *
     * @param step the number of steps that were done before this one, from 0
     */
    double factor(long step);
}
