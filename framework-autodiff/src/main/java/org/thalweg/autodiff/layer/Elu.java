package org.thalweg.autodiff.layer;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Tensor;

/**
 * Exponential linear unit (Clevert et al., 2016): {@code x} where x is above 0, {@code alpha * (exp(x) - 1)} elsewhere.
 *
 * @param alpha the negative of the limit at minus infinity
 */
@Description("x above 0, alpha * (exp(x) - 1) below.")
public record Elu(@Description("The output approaches -alpha far below 0.") @Default("1") double alpha) implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Tensor positive = input.greater(0);
        // Without the large x, whose exp would be infinite on the branch that is not chosen.
        Tensor x = positive.where(input.constant(0), input);
        return positive.where(input, x.expm1().mul(alpha));
    }
}
