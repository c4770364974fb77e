package org.thalweg.app.workload;

import java.util.List;
import java.util.SplittableRandom;
import org.thalweg.app.workload.Workload.Rule;

/**
 * An optimizer's step on one large parameter whose gradient is there already.
 *
 * @param size how many numbers the parameter has
 */
public record OptimizerUpdate(Rule rule, int size) {
    private static final int SIZE = 10_000_000;

    /** The steps that are measured. */
    public static final List<OptimizerUpdate> ALL = List.of(new OptimizerUpdate(Rule.MOMENTUM, SIZE), new OptimizerUpdate(Rule.ADAGRAD, SIZE),
            new OptimizerUpdate(Rule.RMSPROP, SIZE), new OptimizerUpdate(Rule.ADAM, SIZE));

    /** Bytes that must at least be read and written. */
    public double bytes() {
        int arrays = rule == Rule.ADAM ? 7 : 5;
        return (double) arrays * Float.BYTES * size;
    }

    /** The parameter at first. */
    public float[] parameter() {
        return Numbers.uniform(new SplittableRandom(Numbers.SEED), size, 0, 0.1);
    }

    /** The gradient, the same in every step. */
    public float[] gradient() {
        return Numbers.uniform(new SplittableRandom(Numbers.SEED + 1), size, 0, 1);
    }

    /** By what two results are compared: how far a few elements, and all, have moved, in units of the learning rate. */
    public double[] figures(float[] now) {
        float[] before = parameter();
        double distance = 0;
        for (int i = 0; i < size; i++) {
            distance += Math.abs(now[i] - before[i]);
        }
        double unit = rule.learningRate();
        return new double[] {(now[0] - before[0]) / unit, (now[size - 1] - before[size - 1]) / unit, distance / size / unit};
    }
}
