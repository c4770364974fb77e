package org.thalweg.loss;

import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.Positive;
import org.thalweg.api.tensor.Tensor;

/**
 * Huber's loss (1964), with {@code d = |x - t|}:
 *
 * <pre>
 * d^2 / 2                   where d &lt; delta
 * delta * (d - delta / 2)   elsewhere
 *   = m * (d - m / 2)       with m = min(d, delta)
 * </pre>
 *
 * Input x and target t have the same shape, any; the mean is over all elements.
 *
 * @param delta where the loss turns linear, in units of the target; above 0
 * @param reduction how the elements become one number
 */
@Description("Squared error near the target, absolute error far from it.")
@Guide(
        formula = """
                (x - t)^2 / 2                   where |x - t| < delta
                delta * (|x - t| - delta / 2)   elsewhere""",
        shapes = "Input and target have the same shape, any; one element for each number.",
        use = "For regression with outliers; delta is where an error begins to be one.",
        source = "Huber (1964); as PyTorch's HuberLoss.")
public record Huber(
        @Description("Distance from which on the loss is linear.") @Default("1") @Positive double delta,
        @Description("How the elements become one number.") @Default("mean") Reduction reduction)
        implements Loss {

    @Override
    public Elements elements(LossInputs inputs) {
        Tensor x = inputs.input();
        Tensor t = inputs.targetLikeInput();
        Tensor distance = x.sub(t).abs();
        Tensor near = distance.min(delta);
        return Elements.of(near.mul(distance.sub(near.div(2))));
    }
}
