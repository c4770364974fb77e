package org.thalweg.autodiff.compile;

import java.util.Arrays;
import org.thalweg.autodiff.kernel.WorkerPool;

/** Copies several arrays side by side into one; threads share the arrays where there is much to copy. */
final class ConcatStep implements Step {
    private static final int PARTS_PER_THREAD = 4;

    private final CopyStep[] copies;
    private final int parts;
    private final WorkerPool.Task task = this::part;
    private Memory current;

    /**
     * @param elements of the result
     */
    ConcatStep(CopyStep[] copies, long elements, int threads) {
        this.copies = copies;
        this.parts = threads == 1 || elements < 2L * CopyStep.PART_ELEMENTS ? 1 : Math.min(copies.length, PARTS_PER_THREAD * threads);
    }

    @Override
    public void run(Memory memory) {
        current = memory;
        memory.pool.run(parts, task);
    }

    private void part(int part, int worker) {
        int end = (int) ((part + 1L) * copies.length / parts);
        for (int i = (int) ((long) part * copies.length / parts); i < end; i++) {
            copies[i].copy(current, worker);
        }
    }

    @Override
    public int[] reads() {
        return Arrays.stream(copies).flatMapToInt(copy -> Arrays.stream(copy.reads())).toArray();
    }

    @Override
    public int[] writes() {
        return copies[0].writes();
    }
}
