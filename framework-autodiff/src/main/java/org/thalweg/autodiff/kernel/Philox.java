package org.thalweg.autodiff.kernel;

/**
 * Counter-based random numbers: Philox4x32-10 (Salmon and others, "Parallel random numbers: as easy as 1, 2, 3", 2011). A number is a function
 * of the seed, the stream, the step and its position, so it does not depend on the order of work or the number of threads.
 */
public final class Philox {
    private static final int MULTIPLIER_0 = 0xD2511F53;
    private static final int MULTIPLIER_1 = 0xCD9E8D57;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;
    private static final int ROUNDS = 10;

    private Philox() {}

    /** Four words: two in each long, the first in the low half. {@code second} says which pair is wanted. */
    static long words(long seed, long stream, long step, long block, boolean second) {
        int c0 = (int) block;
        int c1 = (int) step;
        int c2 = (int) stream;
        int c3 = (int) (stream >>> 32);
        int k0 = (int) seed;
        int k1 = (int) (seed >>> 32);
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = (MULTIPLIER_0 & 0xFFFFFFFFL) * (c0 & 0xFFFFFFFFL);
            long product1 = (MULTIPLIER_1 & 0xFFFFFFFFL) * (c2 & 0xFFFFFFFFL);
            int n0 = (int) (product1 >>> 32) ^ c1 ^ k0;
            int n2 = (int) (product0 >>> 32) ^ c3 ^ k1;
            c1 = (int) product1;
            c3 = (int) product0;
            c0 = n0;
            c2 = n2;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        return second ? (c2 & 0xFFFFFFFFL) | (long) c3 << 32 : (c0 & 0xFFFFFFFFL) | (long) c1 << 32;
    }

    /** A uniform number in [0, 1) with 24 random bits. */
    public static float uniformFloat(long seed, long stream, long step, long index) {
        long pair = words(seed, stream, step, index >>> 2, (index & 2) != 0);
        int word = (index & 1) == 0 ? (int) pair : (int) (pair >>> 32);
        return (word >>> 8) * 0x1p-24f;
    }

    /** A uniform number in [0, 1) with 53 random bits. */
    public static double uniformDouble(long seed, long stream, long step, long index) {
        return (words(seed, stream, step, index >>> 1, (index & 1) != 0) >>> 11) * 0x1p-53;
    }

    /** Positions from..to-1 of a stream. */
    public static void fill(float[] target, int from, int to, long seed, long stream, long step) {
        int i = from;
        for (; i < to && (i & 3) != 0; i++) {
            target[i] = uniformFloat(seed, stream, step, i);
        }
        for (; i + 4 <= to; i += 4) {
            long first = words(seed, stream, step, i >>> 2, false);
            long second = words(seed, stream, step, i >>> 2, true);
            target[i] = ((int) first >>> 8) * 0x1p-24f;
            target[i + 1] = ((int) (first >>> 32) >>> 8) * 0x1p-24f;
            target[i + 2] = ((int) second >>> 8) * 0x1p-24f;
            target[i + 3] = ((int) (second >>> 32) >>> 8) * 0x1p-24f;
        }
        for (; i < to; i++) {
            target[i] = uniformFloat(seed, stream, step, i);
        }
    }

    /** Positions from..to-1 of a stream. */
    public static void fill(double[] target, int from, int to, long seed, long stream, long step) {
        for (int i = from; i < to; i++) {
            target[i] = uniformDouble(seed, stream, step, i);
        }
    }
}
