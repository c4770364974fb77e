package org.thalweg.app.compare;

import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Description;

import org.thalweg.api.tensor.Tensor;

/** {@code (cos x + tan x)^2 + y^2}; least where sin x = (1 - sqrt 5) / 2, at (-0.666, 0). */
@Description("(cos x + tan x)^2 + y^2, between the poles of the tangent.")
public record CosTan() implements Surface.Function {
    @Override
    public Tensor height(Tensor x, Tensor y, LayerContext context) {
        return x.cos().add(x.tan()).square().add(y.square());
    }

    @Override
    public View view() {
        return new View(-1.3, 1.3, -1.5, 1.5, 1.1, 1.2);
    }

    @Override
    public String lesson() {
        return "Near the pole the slope is enormous, near the minimum gentle: a learning rate that is right for one end is wrong for the other.";
    }
}
