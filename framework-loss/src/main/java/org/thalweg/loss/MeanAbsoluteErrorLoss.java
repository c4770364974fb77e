package org.thalweg.loss;

import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.tensor.Tensor;

/**
 * Absolute error: {@code |x - t|}, element by element; its mean is over all elements. In units of the target; the gradient is 0 where x = t.
 * Input x and target t have the same shape, any.
 *
 * @param reduction how the elements become one number
 */
@Description("Mean absolute error.")
@Guide(
        formula = "|x - t|",
        shapes = "Input and target have the same shape, any; one element for each number.",
        use = "For regression that outliers must not spoil: it predicts the median. Its slope is the same near the optimum, so that "
                + "it does not calm down there: see huber.",
        source = "Boscovich (1757); as PyTorch's L1Loss.")
public record MeanAbsoluteErrorLoss(
        @Description("How the elements become one number.") @Default("mean") Reduction reduction) implements Loss {

    @Override
    public Elements elements(LossInputs inputs) {
        Tensor x = inputs.input();
        Tensor t = inputs.targetLikeInput();
        return Elements.of(x.sub(t).abs());
    }
}
