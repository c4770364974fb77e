package org.thalweg.app.compare;

import java.util.List;
import java.util.OptionalInt;

/**
 * How one optimizer went down a surface.
 *
 * @param name of the optimizer
 * @param points where it was: the start, then the point after every step
 * @param losses the height of each, without noise
 * @param secondsPerStep the median
 * @param ending empty, or why it ended before its last step
 */
record Course(String name, List<double[]> points, double[] losses, double secondsPerStep, String ending) {
    /** The first step after which the loss was within a tolerance. */
    OptionalInt stepsTo(double tolerance) {
        for (int i = 0; i < losses.length; i++) {
            if (losses[i] <= tolerance) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    double finalLoss() {
        return losses[losses.length - 1];
    }
}
