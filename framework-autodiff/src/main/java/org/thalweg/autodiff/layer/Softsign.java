package org.thalweg.autodiff.layer;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Tensor;

/**
 * {@code x / (1 + |x|)} (Bergstra et al., 2009).
 */
@Description("x / (1 + |x|).")
public record Softsign() implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        return input.div(input.abs().add(1));
    }
}
