package org.thalweg.autodiff.compile;

import java.util.Arrays;
import java.util.function.Supplier;
import org.thalweg.api.tensor.DType;
import org.thalweg.autodiff.kernel.Lanes;

/** A loop that starts as scalar code and goes on as vector code once that is compiled. */
final class TieredKernel implements LoopKernel, WarmUp.Candidate {
    /** A loop that is run less often is not worth compiling. */
    private static final int CALLS_BEFORE_WARM_UP = 8;
    private static final int PRACTICE_CALLS = 400;
    /** Vector code takes a thousand times as long before it is compiled, and other kernels wait. */
    private static final long PRACTICE_NANOS = 5_000_000;
    private static final int PRACTICE_LENGTH = 64;
    /** Short rows of so many numbers need all steps of a reduction's tree, and padding. */
    private static final int SHORTEST_WITH_ALL_BRANCHES = 3;
    private static final int TRIAL_LENGTH = 1024;
    private static final int TRIALS = 9;

    private final LoopKernel plain;
    private final Supplier<LoopKernel> vectorSource;
    private final LoopBody body;
    private final WarmUp warmUp;
    private volatile LoopKernel current;
    private boolean submitted;
    private int calls;
    private LoopKernel vector;
    private Sample practice;
    private Sample trial;

    TieredKernel(LoopKernel plain, Supplier<LoopKernel> vectorSource, LoopBody body, WarmUp warmUp) {
        this.plain = plain;
        this.vectorSource = vectorSource;
        this.body = body;
        this.warmUp = warmUp;
        this.current = plain;
    }

    @Override
    public void run(Object[] buffers, int[] slots, double[] scalars, int[] scalarSlots, int[] geometry, Scratch scratch, int from, int to) {
        LoopKernel kernel = current;
        // Threads may count past each other; nothing depends on the exact call.
        if (kernel == plain && !submitted && ++calls >= CALLS_BEFORE_WARM_UP) {
            submitted = true;
            warmUp.submit(this);
        }
        kernel.run(buffers, slots, scalars, scalarSlots, geometry, scratch, from, to);
    }

    @Override
    public void practise() {
        if (vector == null) {
            vector = vectorSource.get();
            practice = new Sample(body, PRACTICE_LENGTH);
            trial = new Sample(body, TRIAL_LENGTH);
        }
        long start = System.nanoTime();
        for (int i = 0; i < PRACTICE_CALLS && System.nanoTime() - start < PRACTICE_NANOS; i++) {
            practice.run(vector, i % 8 == 0);
        }
    }

    @Override
    public boolean isFaster() {
        return trial.nanos(vector) < trial.nanos(plain);
    }

    @Override
    public int kernels() {
        return 1;
    }

    /** Short rows are little work, and their vector code keeps the JIT busy for longer than any other. */
    @Override
    public boolean waitsForProducts() {
        return body.hasShortRows();
    }

    @Override
    public void promote() {
        current = vector;
        practice = null;
        trial = null;
    }

    /** Made-up arrays for a body, of about the given number of elements. */
    private static final class Sample {
        private final Object[] buffers;
        private final int[] slots;
        private final double[] scalars;
        private final int[] scalarSlots;
        private final int[] geometry;
        private final Scratch scratch;
        private final int units;
        private final boolean shortRows;

        Sample(LoopBody body, int length) {
            int rank = body.rank();
            int[] extents = new int[rank];
            Arrays.fill(extents, 1);
            extents[rank - 1] = Math.max(1, Math.min(body.extent(rank - 1), length));
            if (body.hasShortRows()) {
                // Many short calls are compiled once; long loops are compiled again and again from their middle on, and the compiler is what all wait for.
                extents[0] = Math.min(body.extent(0), 2 * Lanes.FLOATS);
                extents[1] = Math.min(body.extent(1), SHORTEST_WITH_ALL_BRANCHES);
            } else if (rank > 1) {
                extents[rank - 2] = Math.max(1, Math.min(body.extent(rank - 2), length / extents[rank - 1]));
            }
            shortRows = body.hasShortRows();
            int operands = body.operands.size();
            geometry = Arrays.copyOf(extents, rank * (1 + operands) + operands);
            buffers = new Object[operands];
            slots = new int[operands];
            for (int k = 0; k < operands; k++) {
                int size = 1;
                for (int axis = rank - 1; axis >= 0; axis--) {
                    if (body.operands.get(k).strides()[axis] != 0) {
                        geometry[rank * (1 + k) + axis] = size;
                        size *= extents[axis];
                    }
                }
                size = body.operands.get(k).isScratch() ? body.scratchLength() : size;
                slots[k] = k;
                buffers[k] = body.sameArray(k) == k ? ones(DType.valueOf(body.operands.get(k).type().name()), size)
                        : buffers[body.sameArray(k)];
            }
            scalars = new double[Math.max(1, body.scalars.size())];
            Arrays.fill(scalars, 0.5);
            scalarSlots = new int[body.scalars.size()];
            scratch = new Scratch(Math.max(1, body.reductions.size()), body.hasShortRows() ? operands : 0);
            int rows = 1;
            for (int axis = 0; axis < rank - 1; axis++) {
                rows *= extents[axis];
            }
            units = body.isFlat() || !body.accumulates.isEmpty() ? extents[rank - 1] : rows;
        }

        /** Numbers that keep arithmetic fast: no zeros, nothing subnormal. */
        private static Object ones(DType dtype, int size) {
            Object array = Memory.array(dtype, size);
            switch (array) {
                case float[] floats -> Arrays.fill(floats, 0.75f);
                case double[] doubles -> Arrays.fill(doubles, 0.75);
                default -> { }
            }
            return array;
        }

        /** Runs all of it, or of short rows the first block; code for a loop that was never seen to go on would be thrown away when it does. */
        void run(LoopKernel kernel, boolean whole) {
            kernel.run(buffers, slots, scalars, scalarSlots, geometry, scratch, 0, whole || !shortRows ? units : Math.min(units, Lanes.FLOATS));
        }

        /** The shortest of a few runs. */
        long nanos(LoopKernel kernel) {
            long best = Long.MAX_VALUE;
            for (int i = 0; i < TRIALS; i++) {
                long start = System.nanoTime();
                run(kernel, true);
                best = Math.min(best, System.nanoTime() - start);
            }
            return best;
        }
    }
}
