package org.thalweg.autodiff.layer;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.plugin.Named;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Tensor;

/**
 * x between two bounds (Collobert, 2004); gradient 0 at the bounds, as in PyTorch.
 *
 * @param low the lower bound
 * @param high the upper bound, above it
 */
@Description("x between two bounds.")
public record HardTanh(
        @Description("The lower bound.") @Default("-1") double low,
        @Description("The upper bound.") @Default("1") double high)
        implements Layer, Named {

    @Override
    public String registeredName() {
        return "hardtanh";
    }

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Tensor x = input;
        return x.lessOrEqual(low).where(x.constant(low), x.greaterOrEqual(high).where(x.constant(high), x));
    }
}
