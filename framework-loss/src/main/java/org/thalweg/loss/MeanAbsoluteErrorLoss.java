package org.thalweg.loss;

import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Tensor;

/**
 * Absolute error: {@code |x - t|}, element by element; its mean is over all elements. In units of the target; the gradient is 0 where x = t.
 * Input x and target t have the same shape, any.
 *
 * @param reduction how the elements become one number
 */
@Description("Mean absolute error: |x - t|. Input and target have the same shape, any. "
        + "The constant slope is robust against outliers, but does not calm down near the optimum: see huber. As PyTorch's L1Loss.")
public record MeanAbsoluteErrorLoss(
        @Description("How the elements become one number.") @Default("mean") Reduction reduction) implements Loss {

    @Override
    public Elements elements(LossInputs inputs) {
        Tensor x = inputs.input();
        Tensor t = inputs.targetLikeInput();
        return Elements.of(x.sub(t).abs());
    }
}
