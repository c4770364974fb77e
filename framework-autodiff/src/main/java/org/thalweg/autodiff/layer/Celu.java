package org.thalweg.autodiff.layer;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Positive;
import org.thalweg.api.tensor.Tensor;

/**
 * Continuously differentiable exponential linear unit (Barron, 2017): {@code x} where x is above 0, {@code alpha * (exp(x / alpha) - 1)} elsewhere.
 *
 * @param alpha the negative of the limit at minus infinity; above 0
 */
@Description("x above 0, alpha * (exp(x / alpha) - 1) below.")
public record Celu(@Description("The output approaches -alpha far below 0.") @Default("1") @Positive double alpha) implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Tensor positive = input.greater(0);
        // Without the large x, whose exp would be infinite on the branch that is not chosen.
        Tensor x = positive.where(input.constant(0), input);
        return positive.where(input, x.div(alpha).expm1().mul(alpha));
    }
}
