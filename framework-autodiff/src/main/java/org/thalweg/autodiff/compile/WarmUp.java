package org.thalweg.autodiff.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A background thread that calls vector kernels on made-up numbers until the JIT has compiled them. Until then their plain twins work, which are compiled much
 * sooner; both give the same bits, so it does not matter when one replaces the other. A kernel that never gets fast is never used.
 * The thread ends when nothing is left to do.
 */
final class WarmUp implements AutoCloseable {
    /** The plain twins, with which a program starts, are to be compiled first. */
    private static final long HEAD_START_NANOS = 250_000_000;
    /** The JIT, which all wait for, and the program need processors too. */
    private static final long REST_NANOS = 2_000_000;
    /** On a busy machine the JIT may be late; a kernel that is not faster after that time never will be. */
    private static final long MOST_NANOS = 20_000_000_000L;

    /** Something to warm up, a pair of twins most often. */
    @FunctionalInterface
    interface Candidate {
        /** Calls the vector kernel some times, and puts it into use if it is fast now; whether nothing more is to be done. */
        boolean practise();
    }

    /** A candidate, and the time from which on it is called. */
    private record Entry(Candidate candidate, long begin) {
        /** Calls the candidate if it is time; whether nothing more is to be done. */
        boolean practise(long now) {
            return now - begin >= 0 && candidate.practise() || now - begin > MOST_NANOS;
        }
    }

    private final List<Entry> submitted = new ArrayList<>();
    private Thread thread;
    private volatile boolean closed;

    /** Asks for a pair to be warmed up; returns at once. */
    void submit(Candidate candidate) {
        submit(candidate, HEAD_START_NANOS);
    }

    /** Asks for something to be warmed up after some nanoseconds; returns at once. */
    synchronized void submit(Candidate candidate, long delay) {
        if (closed) {
            return;
        }
        submitted.add(new Entry(candidate, System.nanoTime() + delay));
        if (thread == null) {
            thread = new Thread(this::work, "thalweg-warm-up");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Whether there is a thread. */
    synchronized boolean isAtWork() {
        return thread != null;
    }

    private void work() {
        List<Entry> waiting = new ArrayList<>();
        while (hasMore(waiting)) {
            long start = System.nanoTime();
            waiting.removeIf(entry -> closed || entry.practise(System.nanoTime()));
            LockSupport.parkNanos(Math.max(REST_NANOS, System.nanoTime() - start));
        }
    }

    /** Takes what was submitted; where there is nothing left to do, the thread ends, and the next one to submit something starts another. */
    private synchronized boolean hasMore(List<Entry> waiting) {
        waiting.addAll(submitted);
        submitted.clear();
        if (waiting.isEmpty() || closed) {
            thread = null;
            return false;
        }
        return true;
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
