package org.thalweg.autodiff.layer;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Tensor;

/**
 * The logarithm of the sigmoid, {@code -log(1 + exp(-x))}; stable at both ends.
 */
@Description("The logarithm of the sigmoid.")
public record LogSigmoid() implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        return input.neg().softplus().neg();
    }
}
