package org.thalweg.autodiff.layer;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Tensor;

/**
 * A rectifier with a ceiling (Howard et al., 2017): {@code min(max(x, 0), 6)}; gradient 0 at both bends, as in PyTorch.
 */
@Description("min(max(x, 0), 6).")
public record Relu6() implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Tensor x = input;
        return x.lessOrEqual(0).where(x.constant(0), x.greaterOrEqual(6).where(x.constant(6), x));
    }
}
