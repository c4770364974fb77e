package org.thalweg.autodiff.layer;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.plugin.Named;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Tensor;

/**
 * Randomised leaky rectifier (Xu et al., 2015): {@code x} where it is at least 0, {@code a x} elsewhere; in training a is uniform between the bounds for each element,
 * otherwise their middle.
 *
 * @param low the lower bound of the slope
 * @param high the upper bound
 */
@Description("x above 0, a random multiple of x below; its mean outside training.")
public record RandomRelu(
        @Description("Lower bound of the slope.") @Default("0.125") double low,
        @Description("Upper bound of the slope.") @Default("0.3333333333333333") double high)
        implements Layer, Named {

    @Override
    public String registeredName() {
        return "rrelu";
    }

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Tensor slope = context.training() && low != high
                ? context.uniform(input.shape()).mul(high - low).add(low)
                : input.constant((low + high) / 2);
        return input.greaterOrEqual(0).where(input, input.mul(slope));
    }
}
