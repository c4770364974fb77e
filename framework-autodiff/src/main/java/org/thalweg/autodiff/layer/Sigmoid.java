package org.thalweg.autodiff.layer;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Tensor;

/** The logistic function, {@code 1 / (1 + exp(-x))}, element by element. Losses "with logits" contain it already. */
@Description("1 / (1 + exp(-x)).")
public record Sigmoid() implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        return input.sigmoid();
    }
}
