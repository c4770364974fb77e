package org.thalweg.bench;

import java.nio.file.Path;
import java.util.Optional;
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
    default double[] losses(Workload workload, int steps) {
        throw missing("trainings");
    }

    /**
     * Trains until the clock has seen enough; looks at it every {@link Workload#listenEverySteps()} steps.
     *
     * @return the seconds from the call to the first step
     */
    default double train(Workload workload, StepClock clock) {
        throw missing("trainings");
    }

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

    /**
     * One pass through a file; empty where it has no way to read no more than that.
     *
     * @param file a {@link NumbersFile}
     */
    default Optional<Operation> read(CsvReading reading, Path file) {
        throw missing("CSV files");
    }

    private static UnsupportedOperationException missing(String what) {
        return new UnsupportedOperationException(what + " are not measured with this library");
    }
}
