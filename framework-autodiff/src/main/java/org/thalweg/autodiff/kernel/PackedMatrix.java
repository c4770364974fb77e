package org.thalweg.autodiff.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.thalweg.api.tensor.DType;

/** A matrix in the order in which a product reads it, panel by panel, outside the heap for the reason that {@link GemmWorkspace} gives. */
public final class PackedMatrix {
    final MemorySegment block;

    PackedMatrix(DType dtype, long length) {
        this.block = Arena.ofAuto().allocate(length * dtype.bytes(), GemmWorkspace.ALIGNMENT);
    }
}
