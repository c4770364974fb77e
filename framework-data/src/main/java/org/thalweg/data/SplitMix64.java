package org.thalweg.data;

/**
 * The SplitMix64 generator (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014), written out so that a seed means
 * the same rows on every JVM, for ever:
 *
 * <pre>
 * s ← s + 9e3779b97f4a7c15
 * z = (s ⊕ (s ≫ 30)) · bf58476d1ce4e5b9
 * z = (z ⊕ (z ≫ 27)) · 94d049bb133111eb
 * output z ⊕ (z ≫ 31)
 * </pre>
 */
final class SplitMix64 {
    private long state;

    SplitMix64(long seed) {
        state = seed;
    }

    /** The next 64 bits. */
    long next() {
        state += 0x9e3779b97f4a7c15L;
        long z = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** A number from 0 to bound - 1, each equally likely: the upper 63 bits modulo the bound, drawn again above its largest multiple. */
    int below(int bound) {
        long limit = Long.MAX_VALUE - Long.MAX_VALUE % bound;
        long bits;
        do {
            bits = next() >>> 1;
        } while (bits >= limit);
        return (int) (bits % bound);
    }

    /** Puts the values into a random order (Fisher and Yates, from the last place to the first). */
    void shuffle(int[] values) {
        for (int last = values.length - 1; last > 0; last--) {
            int chosen = below(last + 1);
            int value = values[last];
            values[last] = values[chosen];
            values[chosen] = value;
        }
    }
}
