package org.thalweg.loss;

import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Tensor;

/**
 * Huber's loss over beta (Girshick, 2015), with {@code d = |x - t|}:
 *
 * <pre>
 * d^2 / (2 * beta)   where d &lt; beta
 * d - beta / 2       elsewhere
 *   = m * (d - m / 2) / beta   with m = min(d, beta)
 * </pre>
 *
 * With beta = 0 it is |x - t|, whose gradient PyTorch makes -1 where x = t. Input x and target t have the same shape, any; the mean is over all
 * elements.
 *
 * @param beta where the loss turns linear, in units of the target; at least 0
 * @param reduction how the elements become one number
 */
@Description("Absolute error, rounded off at the target.")
@Guide(
        formula = """
                (x - t)^2 / (2 * beta)   where |x - t| < beta
                |x - t| - beta / 2       elsewhere""",
        shapes = "Input and target have the same shape, any; one element for each number.",
        use = "For regression of boxes and other targets with outliers. It is huber divided by its delta: its slope far away is "
                + "always 1.",
        source = "Girshick (2015); as PyTorch's SmoothL1Loss.")
public record SmoothL1(
        @Description("Distance from which on the loss is linear; 0 is the absolute error.") @Default("1") @Min(0) double beta,
        @Description("How the elements become one number.") @Default("mean") Reduction reduction)
        implements Loss {

    @Override
    public Elements elements(LossInputs inputs) {
        Tensor x = inputs.input();
        Tensor t = inputs.targetLikeInput();
        Tensor difference = x.sub(t);
        if (beta == 0) {
            return Elements.of(difference.lessOrEqual(0).where(difference.neg(), difference));
        }
        Tensor distance = difference.abs();
        Tensor near = distance.min(beta);
        return Elements.of(near.mul(distance.sub(near.div(2))).div(beta));
    }
}
