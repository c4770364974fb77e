package org.thalweg.autodiff.kernel;

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
    /** {@link GemmKernels#lanes}: {@link Gemm#multiplyVector}. */
    LANES
}
