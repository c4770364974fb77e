package org.thalweg.autodiff.compile;

import java.util.concurrent.LinkedBlockingQueue;

/**
 * A background thread that runs vector kernels on made-up numbers until the JIT has compiled them. Until then their plain twins work, which are compiled much
 * sooner; both give the same bits, so it does not matter when one replaces the other. A kernel that never gets faster than its twin is never used.
 */
final class WarmUp implements AutoCloseable {
    /** How long one kernel is tried before the next one has its turn. */
    private static final long TURN_NANOS = 1_000_000_000L;
    /** On a busy machine the JIT may be late; a kernel that is not faster after so many turns never will be. */
    private static final int MOST_TURNS = 20;

    private record Entry(Candidate candidate, int turn) {}

    /** A pair of twins. */
    interface Candidate {
        /** Runs the vector kernel for a moment. */
        void practise();

        /** Whether the vector kernel is the faster one now. */
        boolean isFaster();

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
        waiting.add(new Entry(candidate, 1));
        if (thread == null) {
            thread = new Thread(this::work, "thalweg-warm-up");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void work() {
        try {
            while (!closed) {
                warm(waiting.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void warm(Entry entry) {
        long end = System.nanoTime() + TURN_NANOS;
        while (!closed && System.nanoTime() < end) {
            entry.candidate.practise();
            if (entry.candidate.isFaster()) {
                entry.candidate.promote();
                return;
            }
        }
        if (entry.turn < MOST_TURNS) {
            waiting.add(new Entry(entry.candidate, entry.turn + 1));
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
