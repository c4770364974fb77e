package org.thalweg.autodiff.compile;

import java.util.Arrays;

/** Copies a box of elements from one array to another, each with strides of its own: slices, pads, concatenations and permutations. */
final class CopyStep implements Step {
    private final int source;
    private final int target;
    private final int sourceStart;
    private final int targetStart;
    private final int[] extents;
    private final int[] sourceStrides;
    private final int[] targetStrides;
    private final int clear;
    private final int[] counter;

    /**
     * @param clear how many elements of the target are set to zero first
     */
    CopyStep(int source, int sourceStart, int[] sourceStrides, int target, int targetStart, int[] targetStrides, int[] extents, int clear) {
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
        this.counter = new int[count];
    }

    /** A plain copy of whole arrays. */
    static CopyStep whole(int source, int target, int size) {
        return new CopyStep(source, 0, new int[] {1}, target, 0, new int[] {1}, new int[] {size}, 0);
    }

    @Override
    public void run(Memory memory) {
        Object from = memory.buffers[source];
        Object to = memory.buffers[target];
        if (clear > 0) {
            clear(to);
        }
        int last = extents.length - 1;
        for (int extent : extents) {
            if (extent == 0) {
                return;
            }
        }
        Arrays.fill(counter, 0);
        int at = sourceStart;
        int into = targetStart;
        while (true) {
            run(from, at, to, into, extents[last], sourceStrides[last], targetStrides[last]);
            int axis = last - 1;
            for (; axis >= 0; axis--) {
                at += sourceStrides[axis];
                into += targetStrides[axis];
                if (++counter[axis] < extents[axis]) {
                    break;
                }
                at -= extents[axis] * sourceStrides[axis];
                into -= extents[axis] * targetStrides[axis];
                counter[axis] = 0;
            }
            if (axis < 0) {
                return;
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
