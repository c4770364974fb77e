package org.thalweg.autodiff.compile;

/** Blocks of short rows in vector code, and the rows that are left in scalar code. */
record ShortRowsKernel(LoopKernel blocks, LoopKernel rest, int rowsOfBlock) implements LoopKernel {
    @Override
    public void run(Object[] buffers, int[] slots, double[] scalars, int[] scalarSlots, int[] geometry, Scratch scratch, int from, int to) {
        int end = to - (to - from) % rowsOfBlock;
        blocks.run(buffers, slots, scalars, scalarSlots, geometry, scratch, from, end);
        if (end < to) {
            rest.run(buffers, slots, scalars, scalarSlots, geometry, scratch, end, to);
        }
    }
}
