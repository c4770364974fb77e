package org.thalweg.autodiff.layer;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.plugin.Named;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Tensor;

/**
 * A {@link Silu} of simpler pieces (Howard et al., 2019): {@code x * min(max(x + 3, 0), 6) / 6}; at both bends the gradient is that of the parabola between
 * them, as in PyTorch.
 */
@Description("x * min(max(x + 3, 0), 6) / 6.")
public record HardSwish() implements Layer, Named {

    @Override
    public String registeredName() {
        return "hardswish";
    }

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Tensor x = input;
        // Without the large x, whose square would be infinite on the branch that is not chosen.
        Tensor near = x.clamp(-3, 3);
        return x.less(-3).where(x.constant(0), x.greater(3).where(x, near.mul(near.add(3)).div(6)));
    }
}
