package org.thalweg.bench;

import org.thalweg.app.workload.Workload;

/** One library. What it cannot do is an {@link UnsupportedOperationException} that says so. */
public interface Side {
    /** The losses of the first steps of a training, each before its update. */
    double[] losses(Workload workload, int steps);

    /** Trains until the clock has seen enough; looks at it every {@link Workload#listenEverySteps()} steps. */
    void train(Workload workload, StepClock clock);

    /** What was measured with, as {@code "PyTorch 2.10.0"}. */
    String version();
}
