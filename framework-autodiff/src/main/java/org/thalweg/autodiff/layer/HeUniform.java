package org.thalweg.autodiff.layer;

import java.util.random.RandomGenerator;
import org.thalweg.api.layer.Initializer;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Positive;
import org.thalweg.api.tensor.Shape;

/**
 * He et al. (2015): uniform within {@code gain * sqrt(3 / fanIn)} of 0, so that values keep their variance through a layer with a
 * rectifier.
 *
 * @param gain a factor for the activation that follows; above 0
 */
@Description("Uniform, scaled by the number of inputs (He).")
public record HeUniform(
        @Description("A factor for the activation that follows; the root of 2 for relu.") @Default("1.4142135623730951") @Positive
                double gain)
        implements Initializer {

    @Override
    public double[] values(Shape shape, RandomGenerator random) {
        double bound = gain * Math.sqrt(3.0 / Math.max(1, Initializer.fanIn(shape)));
        return new Uniform(-bound, bound).values(shape, random);
    }
}
