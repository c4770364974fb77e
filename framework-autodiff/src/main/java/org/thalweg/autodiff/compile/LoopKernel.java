package org.thalweg.autodiff.compile;

/** A generated loop nest. */
interface LoopKernel {
    /**
     * Runs a part of the nest.
     *
     * @param buffers all arrays of the program
     * @param slots the buffer of each operand
     * @param scalars the host scalars
     * @param scalarSlots the position of each scalar that the kernel reads
     * @param geometry the extents of the axes, then the strides of each operand, then where each operand begins in its array
     * @param scratch private to the calling thread
     * @param from the first row, or element of a flat or column kernel
     * @param to one after the last
     */
    void run(Object[] buffers, int[] slots, double[] scalars, int[] scalarSlots, int[] geometry, Scratch scratch, int from, int to);
}
