package org.thalweg.autodiff.layer;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.plugin.Named;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Tensor;

/**
 * {@code x - tanh(x)}.
 */
@Description("x - tanh(x).")
public record TanhShrink() implements Layer, Named {

    @Override
    public String registeredName() {
        return "tanhshrink";
    }

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        return input.sub(input.tanh());
    }
}
