package org.thalweg.autodiff.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.thalweg.api.tensor.DType;

/**
 * What a thread that multiplies matrices copies parts of them to. Vector kernels read blocks of B from memory outside the heap, because only there can a block begin at a
 * cache line: a vector as wide as a line that crosses two takes twice as long to load. The garbage collector frees that memory.
 */
public final class GemmWorkspace {
    /** The length of a cache line, and of the longest vector. */
    static final int ALIGNMENT = 64;

    /** For vectors: chunks of A, and blocks of B that are too short to transpose in place. */
    final Object array;
    /** For vectors: a block of B. */
    final MemorySegment panel;
    /** The lanes of {@link PlainDots}, or a panel's width of {@link GemmKernels#row}. */
    final Object lanes;
    /** For {@link PlainProducts}: rows of C and of B. */
    final Object[] sums = new Object[PlainProducts.ROWS];
    final Object[] rows = new Object[PlainProducts.STEPS];

    /** Numbers that the array and the panel hold; both 0 for plain Java. */
    GemmWorkspace(DType dtype, int arrayLength, int panelLength) {
        this.array = array(dtype, arrayLength);
        this.lanes = array(dtype, GemmTile.VECTOR_ROWS * ALIGNMENT / dtype.bytes());
        this.panel = panelLength == 0 ? null : Arena.ofAuto().allocate((long) panelLength * dtype.bytes(), ALIGNMENT);
        Arrays.setAll(sums, r -> array(dtype, PlainProducts.COLUMNS));
        Arrays.setAll(rows, r -> array(dtype, PlainProducts.COLUMNS));
    }

    private static Object array(DType dtype, int length) {
        return dtype == DType.FLOAT32 ? new float[length] : new double[length];
    }
}
