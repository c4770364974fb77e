package org.thalweg.app.pipeline;

import java.util.random.RandomGenerator;
import org.thalweg.autodiff.kernel.Philox;

/**
 * A stream of random numbers that depends on nothing but the run's seed, what it is for, and a name: neither on what else was drawn nor on
 * the order in which it was.
 */
final class RandomStream implements RandomGenerator {
    private static final long FNV_OFFSET = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;

    private final long seed;
    private final long stream;
    private final long step;
    private long position;

    /**
     * A stream from its beginning.
     *
     * @param seed the run's
     * @param stream from {@link #number}
     * @param step tells the streams of several epochs apart
     */
    RandomStream(long seed, long stream, long step) {
        this.seed = seed;
        this.stream = stream;
        this.step = step;
    }

    /** The number of a stream: a hash (64-bit FNV-1a) of what it is for, as {@code init}, and a name, as {@code 0.weight}. */
    static long number(String purpose, String name) {
        String text = purpose + "\n" + name;
        long hash = FNV_OFFSET;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }

    @Override
    public int nextInt() {
        return (int) (long) (nextDouble() * 0x1p32);
    }

    @Override
    public long nextLong() {
        return (long) nextInt() << 32 | nextInt() & 0xFFFFFFFFL;
    }

    @Override
    public double nextDouble() {
        return Philox.uniformDouble(seed, stream, step, position++);
    }
}
