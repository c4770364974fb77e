package org.thalweg.app.compare;

import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Description;

import org.thalweg.api.tensor.Tensor;

/** {@code (1 - x)^2 + 100 (y - x^2)^2} (Rosenbrock, 1960); least at (1, 1). */
@Description("Rosenbrock's banana: (1 - x)^2 + 100 (y - x^2)^2.")
public record Rosenbrock() implements Surface.Function {
    @Override
    public Tensor height(Tensor x, Tensor y, LayerContext context) {
        return x.neg().add(1).square().add(y.sub(x.square()).square().mul(100));
    }

    @Override
    public View view() {
        return new View(-2, 2, -1, 3, -1.5, 2);
    }

    @Override
    public String lesson() {
        return "Finding the curved valley is easy, following its nearly flat floor to (1, 1) is not.";
    }
}
