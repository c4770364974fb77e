package org.thalweg.autodiff.compile;

import java.util.Arrays;
import org.thalweg.autodiff.kernel.WorkerPool;

/** Copies a box of elements from one array to another, each with strides of its own: slices, pads, concatenations and permutations. */
final class CopyStep implements Step {
    /** Elements that are worth waking a thread for. */
    static final int PART_ELEMENTS = 32 * 1024;
    private static final int PARTS_PER_THREAD = 2;

    private final int source;
    private final int target;
    private final int sourceStart;
    private final int targetStart;
    private final int[] extents;
    private final int[] sourceStrides;
    private final int[] targetStrides;
    private final int clear;
    private final int parts;
    /** The position along each axis, for each thread. */
    private final int[][] counters;
    private final WorkerPool.Task task = this::part;
    private Memory current;

    /**
     * @param clear how many elements of the target are set to zero first
     */
    CopyStep(int source, int sourceStart, int[] sourceStrides, int target, int targetStart, int[] targetStrides, int[] extents, int clear, int threads) {
        this.source = source;
        this.target = target;
        this.sourceStart = sourceStart;
        this.targetStart = targetStart;
        this.clear = clear;
        int rank = extents.length;
        int[] e = new int[Math.max(1, rank)];
        int[] s = new int[Math.max(1, rank)];
        int[] t = new int[Math.max(1, rank)];
        int count = 0;
        for (int axis = 0; axis < rank; axis++) {
            boolean joins = count > 0 && s[count - 1] == sourceStrides[axis] * extents[axis] && t[count - 1] == targetStrides[axis] * extents[axis];
            if (extents[axis] == 1) {
                continue;
            }
            if (joins) {
                e[count - 1] *= extents[axis];
            } else {
                e[count++] = extents[axis];
            }
            s[count - 1] = sourceStrides[axis];
            t[count - 1] = targetStrides[axis];
        }
        if (count == 0) {
            e[count] = 1;
            s[count] = 1;
            t[count++] = 1;
        }
        this.extents = Arrays.copyOf(e, count);
        this.sourceStrides = Arrays.copyOf(s, count);
        this.targetStrides = Arrays.copyOf(t, count);
        this.counters = new int[threads][count];
        long size = Arrays.stream(this.extents).asLongStream().reduce(1, (a, b) -> a * b);
        this.parts = (int) Math.max(1, Math.min(threads == 1 ? 1 : PARTS_PER_THREAD * threads, Math.min(this.extents[0], size / PART_ELEMENTS)));
    }

    /** A plain copy of whole arrays. */
    static CopyStep whole(int source, int target, int size) {
        return new CopyStep(source, 0, new int[] {1}, target, 0, new int[] {1}, new int[] {size}, 0, 1);
    }

    @Override
    public void run(Memory memory) {
        if (clear > 0) {
            clear(memory.buffers[target]);
        }
        if (parts == 1) {
            copy(memory, 0, extents[0], 0);
        } else {
            current = memory;
            memory.pool.run(parts, task);
        }
    }

    /** The whole copy on one thread; nothing is cleared. */
    void copy(Memory memory, int worker) {
        copy(memory, 0, extents[0], worker);
    }

    private void part(int part, int worker) {
        copy(current, (int) ((long) part * extents[0] / parts), (int) ((part + 1L) * extents[0] / parts), worker);
    }

    private void copy(Memory memory, int first, int end, int worker) {
        Object from = memory.buffers[source];
        Object to = memory.buffers[target];
        int last = extents.length - 1;
        for (int axis = 1; axis <= last; axis++) {
            if (extents[axis] == 0) {
                return;
            }
        }
        int at = sourceStart + first * sourceStrides[0];
        int into = targetStart + first * targetStrides[0];
        if (last == 0) {
            run(from, at, to, into, end - first, sourceStrides[0], targetStrides[0]);
            return;
        }
        int[] counter = counters[worker];
        Arrays.fill(counter, 0);
        counter[0] = first;
        while (counter[0] < end) {
            run(from, at, to, into, extents[last], sourceStrides[last], targetStrides[last]);
            for (int axis = last - 1; axis >= 0; axis--) {
                at += sourceStrides[axis];
                into += targetStrides[axis];
                if (++counter[axis] < extents[axis] || axis == 0) {
                    break;
                }
                at -= extents[axis] * sourceStrides[axis];
                into -= extents[axis] * targetStrides[axis];
                counter[axis] = 0;
            }
        }
    }

    private void clear(Object array) {
        switch (array) {
            case float[] floats -> Arrays.fill(floats, 0, clear, 0);
            case double[] doubles -> Arrays.fill(doubles, 0, clear, 0);
            case int[] ints -> Arrays.fill(ints, 0, clear, 0);
            case boolean[] booleans -> Arrays.fill(booleans, 0, clear, false);
            default -> throw new IllegalStateException();
        }
    }

    private static void run(Object from, int at, Object to, int into, int count, int sourceStride, int targetStride) {
        if (sourceStride == 1 && targetStride == 1) {
            System.arraycopy(from, at, to, into, count);
            return;
        }
        switch (from) {
            case float[] x -> {
                float[] y = (float[]) to;
                for (int i = 0; i < count; i++) {
                    y[into + i * targetStride] = x[at + i * sourceStride];
                }
            }
            case double[] x -> {
                double[] y = (double[]) to;
                for (int i = 0; i < count; i++) {
                    y[into + i * targetStride] = x[at + i * sourceStride];
                }
            }
            case int[] x -> {
                int[] y = (int[]) to;
                for (int i = 0; i < count; i++) {
                    y[into + i * targetStride] = x[at + i * sourceStride];
                }
            }
            case boolean[] x -> {
                boolean[] y = (boolean[]) to;
                for (int i = 0; i < count; i++) {
                    y[into + i * targetStride] = x[at + i * sourceStride];
                }
            }
            default -> throw new IllegalStateException();
        }
    }

    @Override
    public int[] reads() {
        return new int[] {source};
    }

    @Override
    public int[] writes() {
        return new int[] {target};
    }
}
