package org.thalweg.example;

import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Tensor;

/**
 * {@code log cosh(x - t)}, element by element: half the square of small errors, and the absolute value of large ones less log 2.
 *
 * <p>Written as {@code d + softplus(-2d) - log 2} with {@code d = x - t}, because cosh itself overflows for large errors. The target has
 * the input's shape; any other is a {@link org.thalweg.api.tensor.ShapeException}.
 *
 * @param reduction how the elements become one number
 */
@Description("The logarithm of the hyperbolic cosine of the error: smooth at 0, and gentle on outliers.")
public record LogCosh(@Description("How the elements become one number.") @Default("mean") Reduction reduction) implements Loss {

    @Override
    public Elements elements(LossInputs inputs) {
        Tensor d = inputs.input().sub(inputs.targetLikeInput());
        return Elements.of(d.add(d.mul(-2).softplus()).sub(Math.log(2)));
    }
}
