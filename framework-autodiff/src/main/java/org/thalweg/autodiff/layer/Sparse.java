package org.thalweg.autodiff.layer;

import java.util.random.RandomGenerator;
import org.thalweg.api.layer.Initializer;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Max;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Shape;

/**
 * Martens (2010): normally distributed, with the same share of zeros, at random places, in each column of a matrix [out, everything else].
 *
 * @param sparsity the share of zeros, rounded up
 * @param standardDeviation of the others
 */
@Description("Normally distributed random numbers and, in each column, many zeros.")
public record Sparse(
        @Description("Share of zeros in each column.") @Min(0) @Max(1) double sparsity,
        @Description("Standard deviation of the others.") @Default("0.01") @Min(0) double standardDeviation)
        implements Initializer {

    @Override
    public double[] values(Shape shape, RandomGenerator random) {
        double[] values = new Normal(0, standardDeviation).values(shape, random);
        int rows = shape.rank() < 2 ? 1 : shape.extent(0);
        int columns = rows == 0 ? 0 : values.length / rows;
        for (int column = 0; column < columns; column++) {
            int zeros = (int) Math.ceil(sparsity * rows);
            for (int row = 0; row < rows; row++) {
                // Each row is taken with the probability that makes all choices of so many equally likely.
                if (random.nextInt(rows - row) < zeros) {
                    values[row * columns + column] = 0;
                    zeros--;
                }
            }
        }
        return values;
    }
}
