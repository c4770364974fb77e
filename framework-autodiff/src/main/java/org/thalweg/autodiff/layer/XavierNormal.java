package org.thalweg.autodiff.layer;

import java.util.random.RandomGenerator;
import org.thalweg.api.layer.Initializer;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Positive;
import org.thalweg.api.tensor.Shape;

/**
 * Glorot and Bengio (2010): normally distributed with the standard deviation {@code gain * sqrt(2 / (fanIn + fanOut))}.
 *
 * @param gain a factor for the activation that follows; above 0
 */
@Description("Normally distributed, scaled by the number of inputs and outputs (Glorot).")
public record XavierNormal(
        @Description("A factor for the activation that follows; 1 for none and for tanh-like ones.") @Default("1") @Positive double gain)
        implements Initializer {

    @Override
    public double[] values(Shape shape, RandomGenerator random) {
        double deviation = gain * Math.sqrt(2.0 / Math.max(1, Initializer.fanIn(shape) + Initializer.fanOut(shape)));
        return new Normal(0, deviation).values(shape, random);
    }
}
