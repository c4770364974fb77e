package org.thalweg.autodiff.kernel;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** The kernels of a {@link Gemm}. Each is warmed up apart, so that a product waits for those that it calls and for no others. */
public enum GemmKernel {
    /** {@link GemmKernels#tile}. */
    TILE,
    /** {@link GemmKernels#packedTile}. */
    PACKED_TILE,
    /** {@link GemmKernels#packedTileOfTransposed}. */
    PACKED_TILE_OF_TRANSPOSED,
    /** {@link GemmKernels#narrow}. */
    NARROW,
    /** {@link GemmKernels#edge}. */
    EDGE,
    /** {@link GemmKernels#copy}. */
    COPY,
    /** {@link GemmKernels#transpose}. */
    TRANSPOSE,
    /** {@link GemmKernels#columns}. */
    COLUMNS,
    /** {@link GemmKernels#manyColumns}. */
    MANY_COLUMNS,
    /** {@link GemmKernels#shifted}: {@link Gemm#multiplyShifted}. */
    SHIFTED,
    /** {@link GemmKernels#dots}: {@link Gemm#dots}. */
    DOTS,
    /** {@link GemmKernels#row}: {@link Gemm#multiplyRow}. */
    ROW,
    /** {@link GemmKernels#rowDots}: {@link Gemm#multiplyVector}. */
    ROW_DOTS;

    /** Those that dense layers need, in training and after it. */
    public static final Set<GemmKernel> USUAL = Collections.unmodifiableSet(
            EnumSet.of(PACKED_TILE, PACKED_TILE_OF_TRANSPOSED, EDGE, COPY, TRANSPOSE, COLUMNS, MANY_COLUMNS));
}
