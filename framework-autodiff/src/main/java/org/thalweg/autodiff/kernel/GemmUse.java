package org.thalweg.autodiff.kernel;

/** What the kernels of a {@link Gemm} are for. Each use is warmed up apart, so that a program waits for the kernels that it calls and for no others. */
public enum GemmUse {
    /** {@link Gemm#multiply} and packing. */
    MATRICES,
    /** {@link Gemm#multiplyVector} and {@link Gemm#multiplyRow}. */
    VECTORS,
    /** {@link Gemm#multiplyShifted} and {@link Gemm#dots}. */
    CONVOLUTIONS
}
