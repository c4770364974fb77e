package org.thalweg.app.workload;

import java.util.List;
import java.util.SplittableRandom;

/** A product of two matrices, [rows, inner] and [inner, columns]. */
public record Product(int rows, int inner, int columns) {
    /** The products that are measured. */
    public static final List<Product> ALL = List.of(new Product(64, 64, 64), new Product(128, 128, 128), new Product(256, 256, 256),
            new Product(512, 512, 512), new Product(1024, 1024, 1024), new Product(64, 784, 128), new Product(128, 512, 512));

    /** As {@code 64x784x128}. */
    public String name() {
        return rows + "x" + inner + "x" + columns;
    }

    /** Multiplications and additions. */
    public double operations() {
        return 2.0 * rows * inner * columns;
    }

    /** The factor on the left. */
    public float[] left() {
        return Numbers.uniform(new SplittableRandom(Numbers.SEED), rows * inner, 0, 1);
    }

    /** The factor on the right. */
    public float[] right() {
        return Numbers.uniform(new SplittableRandom(Numbers.SEED + 1), inner * columns, 0, 1);
    }

    /** By what two results are compared. */
    public static double[] figures(float[] result) {
        double sum = 0;
        for (float value : result) {
            sum += Math.abs(value);
        }
        return new double[] {result[0], result[result.length - 1], sum};
    }
}
