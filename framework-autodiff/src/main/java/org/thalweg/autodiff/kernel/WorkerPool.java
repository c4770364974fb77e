package org.thalweg.autodiff.kernel;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that share the parts of one region of work, for regions of a few microseconds: fork and join cost about one. Idle threads spin
 * for a moment, because in a training step the next region follows at once, and park after that.
 *
 * <p>The caller takes part, and takes whatever part nobody has started, so a thread that wakes late delays nothing. It claims parts from the first
 * on, the others from the last on: in one region after the other a thread so meets the same part of the data, which is still in its cache. How work is cut into parts is
 * the caller's choice and must not depend on the number of threads; then neither do results.
 *
 * <p>One region runs at a time. A region started from inside a part, or while another thread's region is running, runs on the calling
 * thread alone. A region allocates nothing.
 *
 * <h2>Why this is free of races</h2>
 * Everything hangs on one long, the <em>ticket</em>: the number of the region in the upper bits, and the first and the end of the parts that nobody has
 * claimed in the lower. A part is claimed by a compare-and-set that moves one of the two, between reading the ticket and which the thread reads the
 * task. While parts are unclaimed the region cannot end, so no other region can have been published; a number recurs after a billion regions, far
 * longer than a thread can be held up in between. A compare-and-set that succeeds therefore proves that the task just read belongs to this region; what a thread read before one that fails is dropped.
 * A region ends when as many parts have finished as there are: each thread counts a part down after it ran, the caller waits for zero, and
 * these writes and reads are volatile, so all that the parts wrote is visible to the caller and all that the caller wrote before, to the parts.
 */
public final class WorkerPool implements AutoCloseable {
    /** A region of work. */
    @FunctionalInterface
    public interface Task {
        /**
         * Does one part.
         *
         * @param part 0 to parts - 1; each exactly once, in any order
         * @param worker which thread this is, 0 to {@link WorkerPool#threads()} - 1, to choose a workspace by: no two parts that run at the same
         *     time have the same
         */
        void run(int part, int worker);
    }

    private static final int PART_BITS = 17;
    private static final int MOST_PARTS = (1 << PART_BITS) - 1;
    private static final long ONE_FROM_THE_FRONT = 1L << PART_BITS;
    private static final long SPIN_NANOS = 50_000;
    private static final int SPINS_PER_LOOK_AT_THE_CLOCK = 32;

    /** Places in {@link #counters}, as far apart as two cache lines, so that counting parts down does not disturb those who claim. */
    private static final int TICKET = 16;
    private static final int UNFINISHED = 32;

    private final AtomicLongArray counters = new AtomicLongArray(48);
    private final AtomicReference<Thread> runner = new AtomicReference<>();
    private final Worker[] workers;
    /** The task of the published region; read and written as the class comment says. */
    private Task task;
    private volatile boolean runnerParks;
    private volatile Throwable failure;
    private volatile boolean closed;

    /** Starts {@code threads - 1} daemon threads: the caller of {@link #run} is one of the {@code threads}, at least 1. */
    public WorkerPool(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("a pool needs at least 1 thread, not " + threads);
        }
        workers = new Worker[threads - 1];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new Worker(i + 1);
        }
        for (Worker worker : workers) {
            worker.start();
        }
    }

    /** Number of threads that work on a region, the caller included. */
    public int threads() {
        return workers.length + 1;
    }

    /**
     * Runs all parts of a task and returns when the last one has ended.
     *
     * <p>If a part throws, parts not yet started are skipped, and when the running ones have ended the exception is thrown here, those of other
     * parts being suppressed in it. The pool stays usable.
     *
     * @param parts 0 to 131,071
     * @throws IllegalStateException after {@link #close()}
     */
    public void run(int parts, Task task) {
        Objects.requireNonNull(task, "task");
        if (parts < 0 || parts > MOST_PARTS) {
            throw new IllegalArgumentException("parts must be 0 to " + MOST_PARTS + ", not " + parts);
        }
        if (closed) {
            throw new IllegalStateException("the worker pool is closed");
        }
        Thread current = Thread.currentThread();
        int workerNumber = current instanceof Worker worker && worker.pool() == this ? worker.number : 0;
        if (parts <= 1 || workers.length == 0 || workerNumber != 0 || !runner.compareAndSet(null, current)) {
            for (int part = 0; part < parts; part++) {
                task.run(part, workerNumber);
            }
            return;
        }
        try {
            share(parts, task);
        } finally {
            runner.set(null);
        }
    }

    private void share(int parts, Task newTask) {
        task = newTask;
        counters.set(UNFINISHED, parts);
        long region = (counters.get(TICKET) >>> 2 * PART_BITS) + 1;
        counters.set(TICKET, region << 2 * PART_BITS | parts);
        for (int i = 0; i < Math.min(parts - 1, workers.length); i++) {
            if (workers[i].parks) {
                LockSupport.unpark(workers[i]);
            }
        }
        claimParts(0);
        awaitParts();
        task = null;
        Throwable thrown = failure;
        if (thrown != null) {
            failure = null;
            throw WorkerPool.<RuntimeException>unchecked(thrown);
        }
    }

    private boolean hasUnclaimedParts() {
        long ticket = counters.get(TICKET);
        return first(ticket) < end(ticket);
    }

    private static int first(long ticket) {
        return (int) (ticket >>> PART_BITS) & MOST_PARTS;
    }

    private static int end(long ticket) {
        return (int) ticket & MOST_PARTS;
    }

    private void claimParts(int worker) {
        while (true) {
            long ticket = counters.get(TICKET);
            int first = first(ticket);
            int end = end(ticket);
            if (first >= end) {
                return;
            }
            Task current = task;
            boolean fromTheFront = worker == 0;
            if (counters.compareAndSet(TICKET, ticket, fromTheFront ? ticket + ONE_FROM_THE_FRONT : ticket - 1)) {
                runPart(current, fromTheFront ? first : end - 1, worker);
            }
        }
    }

    private void runPart(Task current, int part, int worker) {
        try {
            if (failure == null) {
                current.run(part, worker);
            }
        } catch (Throwable thrown) {
            fail(thrown);
        } finally {
            if (counters.decrementAndGet(UNFINISHED) == 0 && runnerParks) {
                LockSupport.unpark(runner.get());
            }
        }
    }

    private synchronized void fail(Throwable thrown) {
        if (failure == null) {
            failure = thrown;
        } else if (failure != thrown) {
            failure.addSuppressed(thrown);
        }
    }

    private void awaitParts() {
        boolean interrupted = false;
        long deadline = System.nanoTime() + SPIN_NANOS;
        for (int spins = 1; counters.get(UNFINISHED) != 0; spins++) {
            if (spins % SPINS_PER_LOOK_AT_THE_CLOCK != 0 || System.nanoTime() < deadline) {
                Thread.onSpinWait();
                continue;
            }
            // Announce, look again, park: whoever counts down to zero after that look sees the announcement.
            runnerParks = true;
            while (counters.get(UNFINISHED) != 0) {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
            runnerParks = false;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Rethrows what a part threw as it is: a task declares no checked exception, so it can hardly be one. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
        throw (T) thrown;
    }

    /**
     * Ends the threads and waits until they are gone; a region that another thread is running is completed. May be called again.
     *
     * @throws IllegalStateException from inside a part, which could never end
     */
    @Override
    public void close() {
        Thread current = Thread.currentThread();
        if (runner.get() == current || current instanceof Worker worker && worker.pool() == this) {
            throw new IllegalStateException("a part cannot close the pool that runs it");
        }
        closed = true;
        boolean interrupted = false;
        for (Worker worker : workers) {
            LockSupport.unpark(worker);
            while (worker.isAlive()) {
                try {
                    worker.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            current.interrupt();
        }
    }

    private final class Worker extends Thread {
        private final int number;
        private volatile boolean parks;

        Worker(int number) {
            super("thalweg-worker-" + number);
            this.number = number;
            setDaemon(true);
        }

        WorkerPool pool() {
            return WorkerPool.this;
        }

        @Override
        public void run() {
            while (!closed) {
                claimParts(number);
                awaitRegion();
            }
        }

        private void awaitRegion() {
            long deadline = System.nanoTime() + SPIN_NANOS;
            for (int spins = 1; !hasUnclaimedParts() && !closed; spins++) {
                if (spins % SPINS_PER_LOOK_AT_THE_CLOCK != 0 || System.nanoTime() < deadline) {
                    Thread.onSpinWait();
                    continue;
                }
                // Announce, look again, park: whoever publishes a region after that look sees the announcement.
                parks = true;
                while (!hasUnclaimedParts() && !closed) {
                    LockSupport.park(WorkerPool.this);
                    Thread.interrupted();
                }
                parks = false;
            }
        }
    }
}
