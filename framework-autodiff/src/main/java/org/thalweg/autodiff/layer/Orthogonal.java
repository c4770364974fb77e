package org.thalweg.autodiff.layer;

import java.util.random.RandomGenerator;
import org.thalweg.api.layer.Initializer;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Positive;
import org.thalweg.api.tensor.Shape;

/**
 * Saxe et al. (2014): a random matrix, [out, everything else], whose rows, or columns if those are fewer, are orthogonal and of length {@code gain}. A shape of rank below 2
 * is a matrix of one row.
 *
 * @param gain the length; above 0
 */
@Description("A random matrix with orthogonal rows or columns.")
public record Orthogonal(@Description("Length of the rows or columns.") @Default("1") @Positive double gain) implements Initializer {

    @Override
    public double[] values(Shape shape, RandomGenerator random) {
        int size = (int) shape.size();
        int rows = shape.rank() < 2 ? 1 : shape.extent(0);
        int columns = rows == 0 ? 0 : size / rows;
        boolean wide = rows <= columns;
        double[][] vectors = new double[Math.min(rows, columns)][Math.max(rows, columns)];
        for (int i = 0; i < vectors.length; i++) {
            do {
                for (int k = 0; k < vectors[i].length; k++) {
                    vectors[i][k] = random.nextGaussian();
                }
            } while (!orthogonalize(vectors, i));
        }
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = gain * (wide ? vectors[i / columns][i % columns] : vectors[i % columns][i / columns]);
        }
        return values;
    }

    /** Takes from a vector its parts along those before it, twice because of rounding, and makes its length 1; false if nothing is left. */
    private static boolean orthogonalize(double[][] vectors, int last) {
        double[] vector = vectors[last];
        double before = length(vector);
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < last; i++) {
                double part = dot(vectors[i], vector);
                for (int k = 0; k < vector.length; k++) {
                    vector[k] -= part * vectors[i][k];
                }
            }
        }
        double length = length(vector);
        for (int k = 0; k < vector.length; k++) {
            vector[k] /= length;
        }
        return length > 1e-9 * before;
    }

    private static double length(double... vector) {
        return Math.sqrt(dot(vector, vector));
    }

    private static double dot(double[] a, double... b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }
}
