package org.thalweg.autodiff.layer;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Tensor;

/** Rectified linear unit (Nair and Hinton, 2010): {@code max(x, 0)}, element by element; gradient 0 at 0. */
@Description("max(x, 0).")
public record Relu() implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        return input.relu();
    }
}
