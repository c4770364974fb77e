package org.thalweg.autodiff.kernel;

import java.util.Arrays;
import java.util.Random;
import org.thalweg.api.tensor.DType;

/**
 * Prints GFLOP/s, best of many, a row for each element type and form, a column for each shape M x K x N. Arguments: vector bits (512), threads (1), which
 * split the rows.
 */
final class GemmBench {
    private static final int[][] SHAPES = {{16, 4, 16}, {64, 128, 10}, {64, 64, 64}, {128, 128, 128}, {256, 256, 256}, {512, 512, 512},
        {1024, 1024, 1024}, {64, 784, 128}, {128, 512, 512}};

    private GemmBench() {
    }

    public static void main(String[] arguments) {
        int vectorBits = arguments.length == 0 ? 512 : Integer.parseInt(arguments[0]);
        int threads = arguments.length < 2 ? 1 : Integer.parseInt(arguments[1]);
        try (WorkerPool pool = new WorkerPool(threads)) {
            table(vectorBits, pool);
        }
    }

    private static void table(int vectorBits, WorkerPool pool) {
        System.out.printf("%-16s", vectorBits + " bit, " + pool.threads());
        for (int[] shape : SHAPES) {
            System.out.printf(" %14s", shape[0] + "x" + shape[1] + "x" + shape[2]);
        }
        System.out.println();
        for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
            for (String form : new String[] {"A·B", "Aᵀ·B", "A·Bᵀ"}) {
                System.out.printf("%-16s", dtype + " " + form);
                for (int[] shape : SHAPES) {
                    System.out.printf(" %14.1f", measure(pool, Gemm.of(dtype, vectorBits), dtype, form, shape[0], shape[1], shape[2]));
                }
                System.out.println();
            }
        }
    }

    private static double measure(WorkerPool pool, Gemm gemm, DType dtype, String form, int m, int k, int n) {
        boolean transposeA = form.startsWith("Aᵀ"), transposeB = form.endsWith("Bᵀ");
        Object a = random(dtype, m * k), b = random(dtype, k * n), c = random(dtype, m * n);
        GemmWorkspace[] workspaces = new GemmWorkspace[pool.threads()];
        Arrays.setAll(workspaces, _ -> gemm.workspace());
        int parts = pool.threads();
        int rows = (m + parts * gemm.tileRows() - 1) / (parts * gemm.tileRows()) * gemm.tileRows();
        WorkerPool.Task task = (part, worker) -> gemm.multiply(transposeA, transposeB, part * rows, Math.min(m, (part + 1) * rows), 0, n, k,
                a, 0, transposeA ? m : k, b, 0, transposeB ? k : n, c, 0, n, false, workspaces[worker]);
        double flops = 2.0 * m * k * n;
        int repeats = (int) Math.max(1, 5e7 / flops);
        double best = 0;
        long start = System.nanoTime();
        while (System.nanoTime() - start < 900_000_000L) {
            long from = System.nanoTime();
            for (int i = 0; i < repeats; i++) {
                pool.run(parts, task);
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
