package org.thalweg.loss;

import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.tensor.Tensor;

/**
 * Squared error: {@code (x - t)^2}, element by element; its mean is over all elements. In squared units of the target. Input x and target
 * t have the same shape, any; another shape of the target is a {@link org.thalweg.api.tensor.ShapeException}.
 *
 * @param reduction how the elements become one number
 */
@Description("Mean squared error between an output and a target of the same shape.")
@Guide(
        formula = "(x - t)^2",
        shapes = "Input and target have the same shape, any; one element for each number.",
        use = "For regression with errors that are about normal. Where outliers spoil it, take huber.",
        source = "Legendre (1805), Gauss (1809); as PyTorch's MSELoss.")
public record MeanSquaredErrorLoss(
        @Description("How the elements become one number.") @Default("mean") Reduction reduction) implements Loss {

    @Override
    public Elements elements(LossInputs inputs) {
        Tensor x = inputs.input();
        Tensor t = inputs.targetLikeInput();
        return Elements.of(x.sub(t).square());
    }
}
