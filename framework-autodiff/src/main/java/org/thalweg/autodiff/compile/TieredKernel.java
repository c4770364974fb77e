package org.thalweg.autodiff.compile;

import java.util.Arrays;
import java.util.function.Supplier;
import org.thalweg.api.tensor.DType;
import org.thalweg.autodiff.kernel.Exercise;
import org.thalweg.autodiff.kernel.Lanes;

/** A loop that starts as scalar code and goes on as vector code once that is compiled. */
final class TieredKernel implements LoopKernel, WarmUp.Candidate {
    /** A loop that is run less often is not worth compiling. */
    private static final int CALLS_BEFORE_WARM_UP = 8;
    /** Short rows are little work, and their vector code keeps the JIT busy for longer than any other. */
    private static final int CALLS_BEFORE_WARM_UP_OF_SHORT_ROWS = 2000;
    /** The more a kernel computes, the fewer of its calls compute something; where too few do, the compiler takes its loops for rare. */
    private static final int LEAST_CALLS_PER_WORK = 8;
    private static final int PRACTICE_LENGTH = 64;
    /** Makes rows whose end is not a whole vector. */
    private static final int REST = 5;
    /** Short rows of so many numbers need all steps of a reduction's tree, and padding. */
    private static final int SHORTEST_WITH_ALL_BRANCHES = 3;
    private static final int TRIAL_LENGTH = 1024;
    /** What compiled code needs for a call, and for each instruction, with much to spare; other code needs many times as long. */
    private static final double CALL_NANOS = 1000;
    private static final double INSTRUCTION_NANOS = 1;

    private final LoopKernel plain;
    private final Supplier<LoopKernel> vectorSource;
    private final LoopBody body;
    private final WarmUp warmUp;
    private final int callsBeforeWarmUp;
    private volatile LoopKernel current;
    private boolean submitted;
    private int calls;
    private LoopKernel vector;
    private Exercise exercise;
    private Exercise plainTrial;
    private Exercise trial;

    TieredKernel(LoopKernel plain, Supplier<LoopKernel> vectorSource, LoopBody body, WarmUp warmUp) {
        this.plain = plain;
        this.vectorSource = vectorSource;
        this.body = body;
        this.warmUp = warmUp;
        this.callsBeforeWarmUp = body.hasShortRows() ? CALLS_BEFORE_WARM_UP_OF_SHORT_ROWS : CALLS_BEFORE_WARM_UP;
        this.current = plain;
    }

    @Override
    public void run(Object[] buffers, int[] slots, double[] scalars, int[] scalarSlots, int[] geometry, Scratch scratch, int from, int to) {
        LoopKernel kernel = current;
        // Threads may count past each other; nothing depends on the exact call.
        if (kernel == plain && !submitted && ++calls >= callsBeforeWarmUp) {
            submitted = true;
            warmUp.submit(this);
        }
        kernel.run(buffers, slots, scalars, scalarSlots, geometry, scratch, from, to);
    }

    @Override
    public boolean practise() {
        if (vector == null) {
            try {
                vector = vectorSource.get();
            } catch (KernelCache.TooLongException e) {
                // HotSpot would never compile it.
                return true;
            }
            prepare();
        }
        exercise.practise();
        double ready = CALL_NANOS + INSTRUCTION_NANOS * body.instructions.size() * PRACTICE_LENGTH;
        if (!exercise.isRunIn(ready) || trial.nanos() >= plainTrial.nanos()) {
            return false;
        }
        current = vector;
        exercise = null;
        plainTrial = null;
        trial = null;
        return true;
    }

    private void prepare() {
        Sample whole = new Sample(body, PRACTICE_LENGTH);
        Sample rest = new Sample(body, PRACTICE_LENGTH + REST);
        int callsPerWork = body.hasShortRows() ? 1 : Math.max(LEAST_CALLS_PER_WORK, body.instructions.size());
        exercise = new Exercise(callsPerWork, (extent, turn) -> (turn % 4 < 2 ? whole : rest).run(vector, extent));
        Sample large = new Sample(body, TRIAL_LENGTH);
        trial = new Exercise(1, (extent, turn) -> large.run(vector, extent));
        plainTrial = new Exercise(1, (extent, turn) -> large.run(plain, extent));
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

        void run(LoopKernel kernel, Exercise.Extent extent) {
            kernel.run(buffers, slots, scalars, scalarSlots, geometry, scratch, 0, extent.of(units));
        }
    }
}
