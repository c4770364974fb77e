package org.thalweg.app.compare;

import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;

/** {@code (x^2 + c y^2) / 2}, whose gradient has uniform noise of mean 0 at every step; least at (0, 0). */
@Description("A bowl whose gradient is noisy, as that of a mini-batch is.")
public record NoisyQuadratic(
        @Description("How many times steeper one axis is than the other.") @Default("5") @Min(1) double conditionNumber,
        @Description("Standard deviation of the noise on each element of the gradient.") @Default("1") @Min(0) double noise) implements Surface.Function {
    @Override
    public Tensor height(Tensor x, Tensor y, LayerContext context) {
        Tensor bowl = x.square().add(y.square().mul(conditionNumber)).mul(0.5);
        if (!context.training()) {
            return bowl;
        }
        // Uniform in [-1, 1) has the standard deviation 1 / sqrt 3.
        double spread = noise * Math.sqrt(3);
        Tensor pushX = context.uniform(Shape.scalar()).mul(2).sub(1).mul(spread);
        Tensor pushY = context.uniform(Shape.scalar()).mul(2).sub(1).mul(spread);
        return bowl.add(x.mul(pushX)).add(y.mul(pushY));
    }

    @Override
    public View view() {
        return new View(-4, 4, -3, 3, -3.5, 2);
    }

    @Override
    public String lesson() {
        return "With noise a fixed learning rate never settles: it circles the minimum at a distance that grows with the step. A schedule that decays, or an average, arrives.";
    }
}
