package org.thalweg.autodiff.layer;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Tensor;

/**
 * Scaled exponential linear unit (Klambauer et al., 2017): {@code scale * x} where x is above 0, {@code scale * alpha * (exp(x) - 1)} elsewhere, with the two numbers that keep
 * mean 0 and variance 1 from layer to layer.
 */
@Description("An elu scaled so that mean 0 and variance 1 stay.")
public record Selu() implements Layer {
    private static final double ALPHA = 1.6732632423543772848170429916717;
    private static final double SCALE = 1.0507009873554804934193349852946;

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        return new Elu(ALPHA).apply(context, input).mul(SCALE);
    }
}
