package org.thalweg.app.pipeline;

/**
 * Which learning rates a {@linkplain Pipeline#findLearningRate range test} tries: from the lowest to the highest, each step by the same factor.
 *
 * @param lowest learning rate
 * @param highest learning rate
 * @param steps at most
 */
public record LearningRateRange(double lowest, double highest, int steps) {
    /** From 1e-6 to 10 in 160 steps: fine enough for a curve, and a few epochs of a small data set. */
    public static final LearningRateRange USUAL = new LearningRateRange(1e-6, 10, 160);

    private static final int FEWEST_STEPS = 10;

    /** Checks that it is a range. */
    public LearningRateRange {
        if (!(lowest > 0) || !(highest > lowest) || Double.isInfinite(highest)) {
            throw new IllegalArgumentException("the learning rates must go from above 0 to a larger number, but go from " + lowest + " to " + highest);
        }
        if (steps < FEWEST_STEPS) {
            throw new IllegalArgumentException("a range test needs at least " + FEWEST_STEPS + " steps, but has " + steps);
        }
    }

    /** The learning rate of a step, from 0. */
    double rate(long step) {
        return lowest * Math.pow(highest / lowest, (double) step / (steps - 1));
    }
}
