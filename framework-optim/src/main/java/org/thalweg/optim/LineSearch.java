package org.thalweg.optim;

import java.util.Arrays;
import org.thalweg.api.optim.Objective;

/**
 * Where a minimizer is, and its search along a line for a point that satisfies the strong Wolfe conditions (Nocedal and Wright, 2006,
 * algorithms 3.5 and 3.6, with the safeguards of minFunc and PyTorch): the value has fallen enough, {@code f(t) <= f(0) + c1 * t * f'(0)},
 * and so has the slope, {@code |f'(t)| <= c2 * |f'(0)|}. A value that is not a number counts as infinite. Mutable; owned by one
 * minimisation.
 */
final class LineSearch {
    private static final double SUFFICIENT_DECREASE = 1e-4;
    private static final int LIMIT = 25;

    private final Objective objective;
    private final double curvature;
    private final double leastChange;
    private double[] point;
    private double[] gradient;
    private double value;
    private double step;
    private int evaluations;

    /** A point on the line: how far, the value, the gradient, and the slope along the line. */
    private record Trial(double t, double value, double[] gradient, double slope) {}

    /**
     * Evaluates the start.
     *
     * @param curvature c2, in (c1, 1): small for an exact search
     * @param leastChange in any number of the point, below which a bracket is not divided further
     */
    LineSearch(Objective objective, double[] start, double curvature, double leastChange) {
        this.objective = objective;
        this.curvature = curvature;
        this.leastChange = leastChange;
        point = start.clone();
        gradient = new double[start.length];
        value = evaluate(point, gradient);
        if (!Double.isFinite(value) || !Double.isFinite(Vectors.largest(gradient))) {
            throw new IllegalArgumentException("the objective or its gradient is not finite at the start, " + Arrays.toString(start)
                    + ": the value is " + value + " and the gradient " + Arrays.toString(gradient));
        }
    }

    double[] point() {
        return point;
    }

    double[] gradient() {
        return gradient;
    }

    double value() {
        return value;
    }

    /** How many times the direction the last move was long; 0 where it found nothing lower. */
    double step() {
        return step;
    }

    int evaluations() {
        return evaluations;
    }

    /** Moves to the point found along a direction of descent, where the first one tried is {@code first} times the direction away. */
    void move(double[] direction, double first) {
        Trial start = new Trial(0, value, gradient, Vectors.dot(gradient, direction));
        Trial before = start;
        Trial now = trial(direction, first);
        int tried = 0;
        while (tried < LIMIT && !isTooHigh(now, start) && !(tried > 1 && now.value >= before.value)
                && !isFlat(now, start) && now.slope < 0) {
            double low = now.t + 0.01 * (now.t - before.t);
            double t = cubicMinimum(before, now, low, now.t * 10);
            before = now;
            now = trial(direction, t);
            tried++;
        }
        boolean done = tried < LIMIT && !isTooHigh(now, start) && !(tried > 1 && now.value >= before.value) && isFlat(now, start);
        Trial best = done ? now : zoom(direction, start, tried == LIMIT ? start : before, now, tried);
        step = best.t;
        point = along(direction, best.t);
        value = best.value;
        gradient = best.gradient;
    }

    /** Narrows a bracket, of which {@code low} is the end with the lower value, until a point satisfies both conditions. */
    private Trial zoom(double[] direction, Trial start, Trial a, Trial b, int alreadyTried) {
        Trial low = a.value <= b.value ? a : b;
        Trial high = a.value <= b.value ? b : a;
        double length = Vectors.largest(direction);
        boolean wasAtTheEdge = false;
        for (int tried = alreadyTried; tried < LIMIT && Math.abs(high.t - low.t) * length >= leastChange; tried++) {
            double left = Math.min(low.t, high.t);
            double right = Math.max(low.t, high.t);
            double t = cubicMinimum(low, high, left, right);
            double margin = 0.1 * (right - left);
            boolean isAtTheEdge = Math.min(right - t, t - left) < margin;
            if (isAtTheEdge && (wasAtTheEdge || t >= right || t <= left)) {
                t = Math.abs(t - right) < Math.abs(t - left) ? right - margin : left + margin;
                isAtTheEdge = false;
            }
            wasAtTheEdge = isAtTheEdge;
            Trial now = trial(direction, t);
            if (isTooHigh(now, start) || now.value >= low.value) {
                high = now;
                if (high.value < low.value) {
                    high = low;
                    low = now;
                }
            } else {
                if (isFlat(now, start)) {
                    return now;
                }
                if (now.slope * (high.t - low.t) >= 0) {
                    high = low;
                }
                low = now;
            }
        }
        return low;
    }

    private static boolean isTooHigh(Trial now, Trial start) {
        return now.value > start.value + SUFFICIENT_DECREASE * now.t * start.slope;
    }

    private boolean isFlat(Trial now, Trial start) {
        return Math.abs(now.slope) <= -curvature * start.slope;
    }

    /** The minimum of the cubic through two points with their slopes, kept within bounds; the middle of these where there is none. */
    private static double cubicMinimum(Trial a, Trial b, double low, double high) {
        Trial left = a.t <= b.t ? a : b;
        Trial right = a.t <= b.t ? b : a;
        double d1 = left.slope + right.slope - 3 * (left.value - right.value) / (left.t - right.t);
        double d2 = Math.sqrt(d1 * d1 - left.slope * right.slope);
        double t = right.t - (right.t - left.t) * ((right.slope + d2 - d1) / (right.slope - left.slope + 2 * d2));
        return Double.isNaN(t) ? (low + high) / 2 : Math.min(Math.max(t, low), high);
    }

    private Trial trial(double[] direction, double t) {
        double[] there = new double[point.length];
        double valueThere = evaluate(along(direction, t), there);
        return new Trial(t, valueThere, there, Vectors.dot(there, direction));
    }

    private double[] along(double[] direction, double t) {
        double[] there = point.clone();
        Vectors.add(there, t, direction);
        return there;
    }

    private double evaluate(double[] x, double[] receivesGradient) {
        evaluations++;
        double found = objective.evaluate(x, receivesGradient);
        return Double.isNaN(found) ? Double.POSITIVE_INFINITY : found;
    }
}
