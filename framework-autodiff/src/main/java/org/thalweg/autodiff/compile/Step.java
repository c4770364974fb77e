package org.thalweg.autodiff.compile;

/** A piece of a program: one loop nest, one matrix product, one copy. Allocates nothing when run. */
interface Step {
    /** Does the work. */
    void run(Memory memory);

    /** The buffers it reads, for the planning of memory. */
    int[] reads();

    /** The buffers it writes. */
    int[] writes();
}
