package org.thalweg.autodiff.kernel;

import org.thalweg.api.tensor.DType;

/** Runs in a JVM without the Vector API, where mentioning it would fail: (1 2)·(3 4)ᵀ. */
final class PlainGemmProgram {
    private PlainGemmProgram() {
    }

    public static void main(String[] arguments) {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
            throw new IllegalStateException("this JVM has the Vector API");
        }
        Gemm gemm = Gemm.of(DType.FLOAT64, 0);
        double[] c = new double[1];
        gemm.multiply(false, false, 0, 1, 0, 1, 2, new double[] {1, 2}, 0, 2, new double[] {3, 4}, 0, 1, c, 0, 1, false,
                gemm.workspace());
        System.out.println(c[0]);
        try {
            Gemm.of(DType.FLOAT64, 256);
            throw new AssertionError("there is no Vector API");
        } catch (IllegalStateException expected) {
            if (!expected.getMessage().contains("--add-modules jdk.incubator.vector")) {
                throw expected;
            }
        }
    }
}
