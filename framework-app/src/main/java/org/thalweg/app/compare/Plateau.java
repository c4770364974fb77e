package org.thalweg.app.compare;

import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Tensor;

/** {@code 1 - exp(-r^2 / 4) + a (2 - cos 4x - cos 4y)} with r^2 = x^2 + y^2; least at (0, 0). */
@Description("A plateau around a hole, with ripples that are local minima.")
public record Plateau(
        @Description("Height of the ripples.") @Default("0.05") @Min(0) double ripples) implements Surface.Function {
    @Override
    public Tensor height(Tensor x, Tensor y, LayerContext context) {
        Tensor hole = x.square().add(y.square()).mul(-0.25).exp().neg().add(1);
        return hole.add(x.mul(4).cos().add(y.mul(4).cos()).neg().add(2).mul(ripples));
    }

    @Override
    public View view() {
        return new View(-4, 4, -4, 4, -3, 2.6);
    }

    @Override
    public String lesson() {
        return "Far out the slope is next to nothing, and every ripple is a trap; momentum carries through, plain descent stops in the first one.";
    }
}
