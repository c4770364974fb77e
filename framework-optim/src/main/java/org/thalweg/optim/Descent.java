package org.thalweg.optim;

import org.thalweg.api.optim.Minimizer;

/** When the minimizers that search along lines stop, and what they report. */
final class Descent {
    private Descent() {}

    /** Why a point counts as the minimum, or null. */
    static String gradientIsZero(LineSearch search, double tolerance) {
        double largest = Vectors.largest(search.gradient());
        return largest <= tolerance ? "no element of the gradient is larger than " + tolerance : null;
    }

    /** Why a point counts as the minimum after a step from another value, or null. */
    static String reached(LineSearch search, double gradientTolerance, double changeTolerance, double[] step, double valueBefore) {
        String zero = gradientIsZero(search, gradientTolerance);
        if (zero != null) {
            return zero;
        }
        if (Vectors.largest(step) <= changeTolerance) {
            return "no number of the point changes by more than " + changeTolerance;
        }
        return Math.abs(search.value() - valueBefore) < changeTolerance ? "the value changes by less than " + changeTolerance : null;
    }

    /** The report. A line search that found nothing lower has reached the limit of rounding, or the gradient is wrong. */
    static Minimizer.Minimum minimum(LineSearch search, int iterations, String converged, String limit) {
        double largest = Vectors.largest(search.gradient());
        boolean isStuck = iterations > 0 && search.step() == 0;
        String reason = isStuck ? "the line search found nothing lower" : converged != null ? converged : limit;
        return new Minimizer.Minimum(
                search.point(), search.value(), largest, iterations, search.evaluations(), converged != null && !isStuck, reason);
    }
}
