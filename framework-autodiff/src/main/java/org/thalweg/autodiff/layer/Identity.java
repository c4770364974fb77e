package org.thalweg.autodiff.layer;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Tensor;

/** The input itself. */
@Description("Gives back its input.")
public record Identity() implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        return input;
    }
}
