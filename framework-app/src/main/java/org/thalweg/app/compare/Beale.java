package org.thalweg.app.compare;

import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Description;

import org.thalweg.api.tensor.Tensor;

/** {@code (1.5 - x + xy)^2 + (2.25 - x + xy^2)^2 + (2.625 - x + xy^3)^2} (Beale, 1958); least at (3, 0.5). */
@Description("Beale's function: a sharp peak at each corner and a flat basin.")
public record Beale() implements Surface.Function {
    @Override
    public Tensor height(Tensor x, Tensor y, LayerContext context) {
        Tensor first = x.mul(y).sub(x).add(1.5);
        Tensor second = x.mul(y.square()).sub(x).add(2.25);
        Tensor third = x.mul(y.square().mul(y)).sub(x).add(2.625);
        return first.square().add(second.square()).add(third.square());
    }

    @Override
    public View view() {
        return new View(-1, 4.5, -2, 2, 1, 1.5);
    }

    @Override
    public String lesson() {
        return "Steep walls stand next to a nearly flat floor, so that one learning rate does not suit both; the minimum is at (3, 0.5).";
    }
}
