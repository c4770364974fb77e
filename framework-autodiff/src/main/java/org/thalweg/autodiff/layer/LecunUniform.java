package org.thalweg.autodiff.layer;

import java.util.random.RandomGenerator;
import org.thalweg.api.layer.Initializer;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Positive;
import org.thalweg.api.tensor.Shape;

/**
 * LeCun et al. (1998): uniform within {@code gain * sqrt(3 / fanIn)} of 0.
 *
 * @param gain a factor for the activation that follows; above 0
 */
@Description("Uniform, scaled by the number of inputs (LeCun).")
public record LecunUniform(
        @Description("A factor for the activation that follows; 1 for none and for selu.") @Default("1") @Positive double gain)
        implements Initializer {

    @Override
    public double[] values(Shape shape, RandomGenerator random) {
        return new HeUniform(gain).values(shape, random);
    }
}
