package org.thalweg.app.pipeline;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How the loss answered to growing learning rates.
 *
 * @param points in the order of the learning rates
 * @param ending why the test ended, a sentence for people
 */
public record LearningRateCurve(List<Point> points, String ending) {
    /** Points at either side over which a slope is taken. */
    private static final int REACH = 3;
    private static final double MARGIN = 10;

    /** Copies the list. */
    public LearningRateCurve {
        points = List.copyOf(points);
    }

    /**
     * One step.
     *
     * @param learningRate used
     * @param loss of the batch, before the step
     * @param smoothed the loss averaged over the steps before
     */
    public record Point(double learningRate, double loss, double smoothed) {}

    /** What to begin with: where the loss falls fastest, or else a tenth of where it is lowest; empty where it never fell. */
    public OptionalDouble suggestion() {
        OptionalDouble steepest = steepest();
        return steepest.isPresent() ? steepest : minimumTenth();
    }

    /** The learning rate at which the smoothed loss falls fastest for its logarithm; empty where it falls nowhere. */
    public OptionalDouble steepest() {
        int best = -1;
        double fall = 0;
        for (int i = REACH; i + REACH <= lowest() && i + REACH < points.size(); i++) {
            double slope = points.get(i + REACH).smoothed - points.get(i - REACH).smoothed;
            if (slope < fall) {
                fall = slope;
                best = i;
            }
        }
        return best < 0 ? OptionalDouble.empty() : OptionalDouble.of(points.get(best).learningRate);
    }

    /** A tenth of the learning rate at which the smoothed loss is lowest; empty where that is the first. */
    public OptionalDouble minimumTenth() {
        int lowest = lowest();
        return lowest <= 0 ? OptionalDouble.empty() : OptionalDouble.of(points.get(lowest).learningRate / MARGIN);
    }

    private int lowest() {
        int lowest = points.isEmpty() ? -1 : 0;
        for (int i = 1; i < points.size(); i++) {
            lowest = points.get(i).smoothed < points.get(lowest).smoothed ? i : lowest;
        }
        return lowest;
    }
}
