package org.thalweg.autodiff.compile;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * A background thread that runs vector kernels on made-up numbers until the JIT has compiled them. Until then their plain twins work, which are compiled much
 * sooner; both give the same bits, so it does not matter when one replaces the other. A kernel that never gets faster than its twin is never used.
 */
final class WarmUp implements AutoCloseable {
    /** How long one candidate is tried, for each of its kernels, before the next one has its turn, so that the JIT always has something to do. */
    private static final long TURN_NANOS = 20_000_000L;
    /** On a busy machine the JIT may be late; a kernel that is not faster after that much practice never will be. */
    private static final long MOST_NANOS = 20_000_000_000L;

    private static final long MOST_REST_NANOS = 5_000_000;

    private record Entry(Candidate candidate, long practised) {}

    /** A pair of twins. */
    interface Candidate {
        /** Runs the vector kernel for a moment. */
        void practise();

        /** Whether the vector kernel is the faster one now. */
        boolean isFaster();

        /** How many kernels it is. */
        int kernels();

        /** Whether it is what most programs spend most of their time on. */
        default boolean isProduct() {
            return false;
        }

        /** Whether it takes so much of the JIT's time, for so little, that products should be ready before. */
        default boolean waitsForProducts() {
            return false;
        }

        /** Puts the vector kernel into use. */
        void promote();
    }

    private final LinkedBlockingQueue<Entry> waiting = new LinkedBlockingQueue<>();
    private Thread thread;
    private volatile boolean closed;

    /** Asks for a pair to be warmed up; returns at once. */
    synchronized void submit(Candidate candidate) {
        if (closed) {
            return;
        }
        waiting.add(new Entry(candidate, 0));
        if (thread == null) {
            thread = new Thread(this::work, "thalweg-warm-up");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void work() {
        try {
            while (!closed) {
                Entry next = waiting.take();
                if (next.candidate.waitsForProducts() && waiting.stream().anyMatch(entry -> entry.candidate.isProduct())) {
                    waiting.add(next);
                } else {
                    warm(next);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void warm(Entry entry) {
        long start = System.nanoTime();
        long practised;
        do {
            long began = System.nanoTime();
            entry.candidate.practise();
            if (entry.candidate.isFaster()) {
                entry.candidate.promote();
                return;
            }
            long now = System.nanoTime();
            // The JIT, which all wait for, and the program need processors too.
            LockSupport.parkNanos(Math.min(MOST_REST_NANOS, now - began));
            practised = now - start;
        } while (!closed && practised < TURN_NANOS * entry.candidate.kernels());
        if (entry.practised + practised < MOST_NANOS) {
            waiting.add(new Entry(entry.candidate, entry.practised + practised));
        }
    }

    @Override
    public void close() {
        Thread ending;
        synchronized (this) {
            closed = true;
            ending = thread;
        }
        if (ending != null && ending != Thread.currentThread()) {
            ending.interrupt();
            boolean interrupted = false;
            while (ending.isAlive()) {
                try {
                    ending.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
