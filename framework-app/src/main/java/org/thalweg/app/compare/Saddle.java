package org.thalweg.app.compare;

import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Description;

import org.thalweg.api.tensor.Tensor;

/** {@code x^2 - y^2 + y^4 / 4 + 1}; least at (0, -sqrt 2) and (0, sqrt 2), a saddle at (0, 0). */
@Description("A saddle between two minima: x^2 - y^2 + y^4 / 4 + 1.")
public record Saddle() implements Surface.Function {
    @Override
    public Tensor height(Tensor x, Tensor y, LayerContext context) {
        return x.square().sub(y.square()).add(y.square().square().mul(0.25)).add(1);
    }

    @Override
    public View view() {
        return new View(-2, 2, -2.2, 2.2, -1.5, 1e-6);
    }

    @Override
    public String lesson() {
        return "At the saddle the gradient nearly vanishes: gradient descent stays there, and whatever gathers speed leaves.";
    }
}
