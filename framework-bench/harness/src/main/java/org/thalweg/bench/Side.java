package org.thalweg.bench;

import org.thalweg.app.workload.LossCase;
import org.thalweg.app.workload.Operation;
import org.thalweg.app.workload.OptimizerUpdate;
import org.thalweg.app.workload.Product;
import org.thalweg.app.workload.Workload;

/** One library. What it cannot do is an {@link UnsupportedOperationException} that says so, and a line in the table. */
public interface Side {
    /** What is measured, as {@code pytorch-2.10.0}. */
    String version();

    /** The losses of the first steps of a training, each before its update. */
    double[] losses(Workload workload, int steps);

    /**
     * Trains until the clock has seen enough; looks at it every {@link Workload#listenEverySteps()} steps.
     *
     * @return the seconds from the call to the first step
     */
    double train(Workload workload, StepClock clock);

    /** An optimizer's step. */
    default Operation update(OptimizerUpdate update) {
        throw missing("single optimizer steps");
    }

    /** A loss and its gradient. */
    default Operation loss(LossCase lossCase) {
        throw missing("single losses");
    }

    /** A product of matrices. */
    default Operation product(Product product) {
        throw missing("single products");
    }

    /** The accuracy on Fashion-MNIST's test images after one epoch with batches of 64 of W1's model, which begins with W1's weights; pixels from 0 to 1. */
    default double accuracyOnFashionMnist() {
        throw missing("Fashion-MNIST");
    }

    private static UnsupportedOperationException missing(String what) {
        return new UnsupportedOperationException(what + " are not measured with this library");
    }
}
