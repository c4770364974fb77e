package org.thalweg.autodiff.layer;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Tensor;

/** The hyperbolic tangent, element by element. */
@Description("The hyperbolic tangent.")
public record Tanh() implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        return input.tanh();
    }
}
