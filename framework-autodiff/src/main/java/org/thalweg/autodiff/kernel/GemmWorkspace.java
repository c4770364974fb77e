package org.thalweg.autodiff.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.thalweg.api.tensor.DType;

/**
 * What a thread that multiplies matrices copies blocks of B to. Vector kernels read them from memory outside the heap, because only there can a block begin at a
 * cache line: a vector as wide as a line that crosses two takes twice as long to load. The garbage collector frees that memory.
 */
public final class GemmWorkspace {
    /** The length of a cache line, and of the longest vector. */
    static final int ALIGNMENT = 64;

    /** For plain Java, for chunks of A, and for blocks too short to transpose in place. */
    final Object array;
    /** For vectors; null for plain Java. */
    final MemorySegment panel;

    /** Numbers that the array and the panel hold; 0 for no panel. */
    GemmWorkspace(DType dtype, int arrayLength, int panelLength) {
        this.array = dtype == DType.FLOAT32 ? new float[arrayLength] : new double[arrayLength];
        this.panel = panelLength == 0 ? null : Arena.ofAuto().allocate((long) panelLength * dtype.bytes(), ALIGNMENT);
    }
}
