package org.thalweg.autodiff.layer;

import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import org.thalweg.api.layer.Initializer;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Shape;

/**
 * Normally distributed.
 *
 * @param mean of the distribution
 * @param standardDeviation of the distribution; at least 0
 */
@Description("Normally distributed random numbers.")
public record Normal(
        @Description("Mean.") @Default("0") double mean,
        @Description("Standard deviation.") @Default("0.05") @Min(0) double standardDeviation)
        implements Initializer {

    @Override
    public double[] values(Shape shape, RandomGenerator random) {
        return DoubleStream.generate(() -> mean + standardDeviation * random.nextGaussian()).limit(shape.size()).toArray();
    }
}
