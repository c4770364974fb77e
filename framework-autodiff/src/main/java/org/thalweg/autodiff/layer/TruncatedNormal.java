package org.thalweg.autodiff.layer;

import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import org.thalweg.api.layer.Initializer;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Shape;

/**
 * Normally distributed, without the tails: a value further than {@code cutoff} standard deviations from the mean is drawn again. What is
 * left has a smaller standard deviation than the distribution, 0.88 of it at a cutoff of 2.
 *
 * @param mean of the distribution
 * @param standardDeviation of the distribution before it is cut; at least 0
 * @param cutoff in standard deviations; at least 0.1
 */
@Description("Normally distributed random numbers without the tails.")
public record TruncatedNormal(
        @Description("Mean.") @Default("0") double mean,
        @Description("Standard deviation before the tails are cut.") @Default("0.05") @Min(0) double standardDeviation,
        @Description("Where the tails are cut, in standard deviations.") @Default("2") @Min(0.1) double cutoff)
        implements Initializer {

    @Override
    public double[] values(Shape shape, RandomGenerator random) {
        return DoubleStream.generate(random::nextGaussian)
                .filter(deviation -> Math.abs(deviation) <= cutoff)
                .map(deviation -> mean + standardDeviation * deviation)
                .limit(shape.size())
                .toArray();
    }
}
