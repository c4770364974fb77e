package org.thalweg.autodiff.kernel;

import java.util.Arrays;
import java.util.Random;
import org.thalweg.api.tensor.DType;

/** Prints GFLOP/s, best of many, a row for each element type and form, a column for each shape M x K x N. Argument: vector bits (512). */
final class GemmBench {
    private static final int[][] SHAPES = {{16, 4, 16}, {64, 128, 10}, {64, 64, 64}, {128, 128, 128}, {256, 256, 256}, {512, 512, 512},
        {1024, 1024, 1024}, {64, 784, 128}, {128, 512, 512}};

    private GemmBench() {
    }

    public static void main(String[] arguments) {
        int vectorBits = arguments.length == 0 ? 512 : Integer.parseInt(arguments[0]);
        System.out.printf("%-24s", vectorBits + " bit");
        for (int[] shape : SHAPES) {
            System.out.printf("%13s", shape[0] + "x" + shape[1] + "x" + shape[2]);
        }
        System.out.println();
        for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
            for (String form : new String[] {"A·B", "Aᵀ·B", "A·Bᵀ"}) {
                System.out.printf("%-24s", dtype + " " + form);
                for (int[] shape : SHAPES) {
                    System.out.printf("%13.1f", measure(Gemm.of(dtype, vectorBits), dtype, form, shape[0], shape[1], shape[2]));
                }
                System.out.println();
            }
        }
    }

    private static double measure(Gemm gemm, DType dtype, String form, int m, int k, int n) {
        boolean transposeA = form.startsWith("Aᵀ"), transposeB = form.endsWith("Bᵀ");
        Object a = random(dtype, m * k), b = random(dtype, k * n), c = random(dtype, m * n), workspace = random(dtype, gemm.workspaceLength());
        Runnable run = () -> gemm.multiply(transposeA, transposeB, 0, m, 0, n, k, a, 0, transposeA ? m : k, b, 0, transposeB ? k : n, c, 0, n,
                false, workspace);
        double flops = 2.0 * m * k * n;
        int repeats = (int) Math.max(1, 5e7 / flops);
        double best = 0;
        long start = System.nanoTime();
        while (System.nanoTime() - start < 900_000_000L) {
            long from = System.nanoTime();
            for (int i = 0; i < repeats; i++) {
                run.run();
            }
            best = Math.max(best, flops * repeats / (System.nanoTime() - from));
        }
        return best;
    }

    private static Object random(DType dtype, int length) {
        double[] values = new Random(1).doubles(length, -1, 1).toArray();
        if (dtype == DType.FLOAT64) {
            return values;
        }
        float[] floats = new float[length];
        Arrays.setAll(values, i -> {
            floats[i] = (float) values[i];
            return values[i];
        });
        return floats;
    }
}
