package org.thalweg.autodiff.kernel;

/**
 * Gets a kernel compiled by the JIT before it is used. Vector code takes a thousand times as long before it is compiled, and keeps the compilers busy with the
 * Vector API's own code. So nearly all calls have nothing to do, and the kernel returns at once: HotSpot counts them all the same. Some calls compute something, so
 * that the compiler knows what the kernel does.
 */
public final class Exercise {
    /** HotSpot's second compiler gets a method that was called 5000 times since the first one was done with it. */
    private static final int CALLS = 512;
    /** No method is compiled after fewer turns, and then not in every turn: a look costs a call that computes something. */
    private static final int TURNS_BEFORE_LOOK = 10;
    private static final int TURNS_PER_LOOK = 4;
    /** Others wait for their turn. */
    private static final long MOST_NANOS = 5_000_000;
    private static final int RUNS = 16;
    private static final int TRIALS = 5;

    /** How much a call computes of what it could. */
    @FunctionalInterface
    public interface Extent {
        /** A number of rows or columns, from 0 to {@code most}. */
        int of(int most);
    }

    /** What a kernel does in one call. */
    @FunctionalInterface
    public interface Call {
        /**
         * Calls the kernel.
         *
         * @param extent how much it computes; the kernel returns at once where that is 0
         * @param turn another number in each call, so that all branches are seen: compiled code is thrown away when one is taken for the first time
         */
        void run(Extent extent, int turn);
    }

    private static final Extent NOTHING = most -> 0;
    private static final Extent ALL = most -> most;

    private final Call call;
    private final int callsPerWork;
    private int turn;
    private int works;

    /**
     * For a kernel.
     *
     * @param callsPerWork of so many calls one computes something
     */
    public Exercise(int callsPerWork, Call call) {
        this.call = call;
        this.callsPerWork = callsPerWork;
    }

    /** Calls the kernel some times. */
    public void practise() {
        long start = System.nanoTime();
        for (int i = 1; i <= CALLS; i++) {
            if (i % callsPerWork == 0) {
                int any = works++;
                call.run(any % 2 == 0 ? ALL : most -> 1 + any * 5 % most, any);
                if (System.nanoTime() - start > MOST_NANOS) {
                    break;
                }
            } else {
                call.run(NOTHING, 0);
            }
        }
        turn++;
    }

    /** Whether it is time to look, and one whole run takes less than a time; what is not compiled takes much longer. */
    public boolean isRunIn(double nanos) {
        if (turn < TURNS_BEFORE_LOOK || turn % TURNS_PER_LOOK != 0) {
            return false;
        }
        long start = System.nanoTime();
        call.run(ALL, works++);
        return System.nanoTime() - start < nanos;
    }

    /** How long a whole run takes, the shortest of a few. */
    public double nanos() {
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < TRIALS; i++) {
            long start = System.nanoTime();
            for (int r = 0; r < RUNS; r++) {
                call.run(ALL, r);
            }
            best = Math.min(best, (System.nanoTime() - start) / (double) RUNS);
        }
        return best;
    }
}
