package org.thalweg.loss;

import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Tensor;

/**
 * Squared error: {@code (x - t)^2}, element by element; its mean is over all elements. In squared units of the target. Input x and target
 * t have the same shape, any; another shape of the target is a {@link org.thalweg.api.tensor.ShapeException}.
 *
 * @param reduction how the elements become one number
 */
@Description("Mean squared error between an output and a target of the same shape.")
public record MeanSquaredErrorLoss(
        @Description("How the elements become one number.") @Default("mean") Reduction reduction) implements Loss {

    @Override
    public Elements elements(LossInputs inputs) {
        Tensor x = inputs.input();
        Tensor t = inputs.targetLikeInput();
        return Elements.of(x.sub(t).square());
    }
}
