package org.thalweg.bench;

import java.util.Arrays;

/**
 * How long something took.
 *
 * @param median in microseconds
 * @param low the tenth percentile
 * @param high the ninetieth percentile
 * @param samples how many stretches of time were measured
 */
public record Timing(double median, double low, double high, int samples) {
    static Timing of(double[] microseconds) {
        double[] sorted = microseconds.clone();
        Arrays.sort(sorted);
        return new Timing(at(sorted, 0.5), at(sorted, 0.1), at(sorted, 0.9), sorted.length);
    }

    private static double at(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        return sorted[below] + (place - below) * (sorted[Math.min(below + 1, sorted.length - 1)] - sorted[below]);
    }
}
