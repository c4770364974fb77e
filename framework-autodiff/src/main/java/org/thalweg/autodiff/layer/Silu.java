package org.thalweg.autodiff.layer;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Tensor;

/** Sigmoid linear unit, or swish (Elfwing et al., 2018; Ramachandran et al., 2017): {@code x * sigmoid(x)}. */
@Description("x * sigmoid(x).")
public record Silu() implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        return input.mul(input.sigmoid());
    }
}
