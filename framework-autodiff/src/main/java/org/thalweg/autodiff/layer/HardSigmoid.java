package org.thalweg.autodiff.layer;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.plugin.Named;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Tensor;

/**
 * A sigmoid of straight lines (Courbariaux et al., 2015): {@code min(max(x / 6 + 1/2, 0), 1)}; gradient 0 at both bends, as in PyTorch.
 */
@Description("min(max(x / 6 + 1/2, 0), 1).")
public record HardSigmoid() implements Layer, Named {

    @Override
    public String registeredName() {
        return "hardsigmoid";
    }

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Tensor x = input;
        // PyTorch takes the slope between the bends as a float, even in double precision: the value is (x + 3) / 6, the gradient that of line.
        Tensor line = x.mul((double) (1f / 6));
        Tensor between = line.add(x.add(3).div(6).sub(line).stopGradient());
        return x.lessOrEqual(-3).where(x.constant(0), x.greaterOrEqual(3).where(x.constant(1), between));
    }
}
