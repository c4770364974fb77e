package org.thalweg.autodiff.layer;

import java.util.random.RandomGenerator;
import org.thalweg.api.layer.Initializer;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Positive;
import org.thalweg.api.tensor.Shape;

/**
 * Glorot and Bengio (2010): uniform within {@code gain * sqrt(6 / (fanIn + fanOut))} of 0, so that values and gradients keep their variance
 * through a linear layer.
 *
 * @param gain a factor for the activation that follows; above 0
 */
@Description("Uniform, scaled by the number of inputs and outputs (Glorot).")
public record XavierUniform(
        @Description("A factor for the activation that follows; 1 for none and for tanh-like ones.") @Default("1") @Positive double gain)
        implements Initializer {

    @Override
    public double[] values(Shape shape, RandomGenerator random) {
        double bound = gain * Math.sqrt(6.0 / Math.max(1, Initializer.fanIn(shape) + Initializer.fanOut(shape)));
        return new Uniform(-bound, bound).values(shape, random);
    }
}
