package org.thalweg.autodiff.layer;

import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import org.thalweg.api.layer.Initializer;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Shape;

/**
 * Uniform in [low, high).
 *
 * @param low the smallest value
 * @param high what all values stay below; above low
 */
@Description("Uniform random numbers.")
public record Uniform(
        @Description("The smallest value.") @Default("-0.05") double low,
        @Description("What all values stay below.") @Default("0.05") double high)
        implements Initializer {

    /** Checks the order of the bounds. */
    public Uniform {
        if (!(low < high)) {
            throw new IllegalArgumentException("low must be below high, but they are " + low + " and " + high);
        }
    }

    @Override
    public double[] values(Shape shape, RandomGenerator random) {
        return DoubleStream.generate(() -> random.nextDouble(low, high)).limit(shape.size()).toArray();
    }
}
