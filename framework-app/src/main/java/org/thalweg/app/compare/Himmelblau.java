package org.thalweg.app.compare;

import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Description;

import org.thalweg.api.tensor.Tensor;

/** {@code (x^2 + y - 11)^2 + (x + y^2 - 7)^2} (Himmelblau, 1972); least at (3, 2) and three more points. */
@Description("Himmelblau's function: four minima of the same depth.")
public record Himmelblau() implements Surface.Function {
    @Override
    public Tensor height(Tensor x, Tensor y, LayerContext context) {
        return x.square().add(y).sub(11).square().add(x.add(y.square()).sub(7).square());
    }

    @Override
    public View view() {
        return new View(-6, 6, -6, 6, -0.5, -1);
    }

    @Override
    public String lesson() {
        return "Four minima are equally good, and which one is found depends on the optimizer as well as on the start.";
    }
}
