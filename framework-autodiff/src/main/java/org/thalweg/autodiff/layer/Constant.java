package org.thalweg.autodiff.layer;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.thalweg.api.layer.Initializer;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Shape;

/**
 * All the same number.
 *
 * @param value that number
 */
@Description("All the same number.")
public record Constant(@Description("The number.") double value) implements Initializer {

    @Override
    public double[] values(Shape shape, RandomGenerator random) {
        double[] values = new double[(int) shape.size()];
        Arrays.fill(values, value);
        return values;
    }
}
