package org.thalweg.autodiff.layer;

import java.util.random.RandomGenerator;
import org.thalweg.api.layer.Initializer;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Positive;
import org.thalweg.api.tensor.Shape;

/**
 * He et al. (2015): normally distributed with the standard deviation {@code gain / sqrt(fanIn)}.
 *
 * @param gain a factor for the activation that follows; above 0
 */
@Description("Normally distributed, scaled by the number of inputs (He).")
public record HeNormal(
        @Description("A factor for the activation that follows; the root of 2 for relu.") @Default("1.4142135623730951") @Positive
                double gain)
        implements Initializer {

    @Override
    public double[] values(Shape shape, RandomGenerator random) {
        double deviation = gain / Math.sqrt(Math.max(1, Initializer.fanIn(shape)));
        return new Normal(0, deviation).values(shape, random);
    }
}
