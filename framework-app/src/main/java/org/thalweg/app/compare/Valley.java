package org.thalweg.app.compare;

import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Tensor;

/** {@code (x^2 + c y^2) / 2} with condition number c; least at (0, 0). */
@Description("A long narrow valley: (x^2 + c y^2) / 2.")
public record Valley(
        @Description("How many times steeper one axis is than the other.") @Default("30") @Min(1) double conditionNumber) implements Surface.Function {
    @Override
    public Tensor height(Tensor x, Tensor y, LayerContext context) {
        return x.square().add(y.square().mul(conditionNumber)).mul(0.5);
    }

    @Override
    public View view() {
        return new View(-10, 10, -3, 3, -9, 2);
    }

    @Override
    public String lesson() {
        return "Gradient descent bounces between the walls while it creeps along the floor: the steeper axis limits the step, the flatter one needs a long one.";
    }
}
