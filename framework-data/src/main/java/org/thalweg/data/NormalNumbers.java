package org.thalweg.data;

/**
 * Random numbers that are the same on every JVM: uniform ones from the upper 53 bits of {@link SplitMix64}, and normal ones by the method of Box
 * and Muller (1958), {@code √(-2 ln u) cos(2πv)}, with the functions of {@link StrictMath}.
 */
final class NormalNumbers {
    private final SplitMix64 bits;

    NormalNumbers(long seed) {
        bits = new SplitMix64(seed);
    }

    /** From low to below high. */
    double uniform(double low, double high) {
        return low + (high - low) * unit();
    }

    /** With mean 0 and standard deviation 1. */
    double normal() {
        // 1 - u is never 0.
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - unit()));
        return radius * StrictMath.cos(2 * Math.PI * unit());
    }

    private double unit() {
        return (bits.next() >>> 11) * 0x1p-53;
    }
}
