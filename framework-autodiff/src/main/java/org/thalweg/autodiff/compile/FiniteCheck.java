package org.thalweg.autodiff.compile;

import java.util.Arrays;
import org.thalweg.api.tensor.DType;

/**
 * Whether an array holds only finite numbers: x - x is 0 for those and NaN for the others, and sums of zeros stay 0. The sums are a generated loop,
 * one for every {@value #ROW} elements, so that long arrays are shared among threads.
 */
final class FiniteCheck {
    private static final int ROW = 8192;

    private final int buffer;
    private final int from;
    private final int to;
    private final LoopStep sums;
    private final Object flags;

    /**
     * @param buffer of the array
     * @param flagBuffer a buffer of the check's own, filled with {@link #flags}
     */
    FiniteCheck(DType dtype, int size, int buffer, int flagBuffer, KernelCache kernels, int threads) {
        int rows = size <= 2 * ROW ? 1 : size / ROW;
        int[] extents = rows == 1 ? new int[] {size} : new int[] {rows, ROW};
        LoopBody.Type type = LoopBody.Type.of(dtype);
        LoopBody body = new LoopBody(extents);
        LoopBody.Instruction x = body.load(buffer, type, rows == 1 ? new int[] {1} : new int[] {ROW, 1});
        LoopBody.Instruction zero = body.apply(LoopBody.Code.SUB, type, 0, x, x);
        int flag = body.operand(flagBuffer, type, rows == 1 ? new int[] {0} : new int[] {1, 0});
        body.stores.add(new LoopBody.Store(flag, body.reduce(true, zero)));
        this.buffer = buffer;
        this.from = rows == 1 ? size : rows * ROW;
        this.to = size;
        this.flags = Memory.array(dtype, rows);
        int[][] slots = new int[threads][];
        Arrays.fill(slots, new int[] {buffer, flagBuffer});
        this.sums = new LoopStep(kernels.kernel(body), body, slots, new int[] {size, rows});
    }

    Object flags() {
        return flags;
    }

    int buffer() {
        return buffer;
    }

    boolean holds(Memory memory) {
        sums.run(memory);
        if (flags instanceof float[] sums32) {
            float sum = 0;
            for (float part : sums32) {
                sum += part;
            }
            float[] x = (float[]) memory.buffers[buffer];
            for (int i = from; i < to; i++) {
                sum += x[i] - x[i];
            }
            return sum == 0;
        }
        double sum = 0;
        for (double part : (double[]) flags) {
            sum += part;
        }
        double[] x = (double[]) memory.buffers[buffer];
        for (int i = from; i < to; i++) {
            sum += x[i] - x[i];
        }
        return sum == 0;
    }
}
