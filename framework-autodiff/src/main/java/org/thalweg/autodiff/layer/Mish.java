package org.thalweg.autodiff.layer;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Tensor;

/**
 * Misra (2020): {@code x * tanh(log(1 + exp(x)))}.
 */
@Description("x * tanh(softplus(x)).")
public record Mish() implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        return input.mul(input.softplus().tanh());
    }
}
