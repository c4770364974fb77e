package org.thalweg.bench;

import org.thalweg.app.workload.Numbers;
import org.thalweg.app.workload.Workload;

/** A library that trains step by step when it is told to. */
public interface StepwiseSide extends Side {
    /** A model with its optimizer, and batches in memory that it goes through again and again. */
    interface Training extends AutoCloseable {
        /** One step; the loss before its update. */
        double step();

        @Override
        default void close() {}
    }

    /** A training that begins with given weights. */
    Training training(Workload workload, Numbers numbers);

    @Override
    default double[] losses(Workload workload, int steps) {
        try (Training training = training(workload, Numbers.of(workload))) {
            double[] losses = new double[steps];
            for (int step = 0; step < steps; step++) {
                losses[step] = training.step();
            }
            return losses;
        }
    }

    @Override
    default double train(Workload workload, StepClock clock) {
        Numbers numbers = Numbers.of(workload);
        long start = System.nanoTime();
        try (Training training = training(workload, numbers)) {
            double preparation = (System.nanoTime() - start) * 1e-9;
            for (long step = 0; step % workload.listenEverySteps() != 0 || !clock.tick(0, step); step++) {
                training.step();
            }
            return preparation;
        }
    }
}
