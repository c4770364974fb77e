package org.thalweg.loss;

import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.LessThan;
import org.thalweg.api.settings.Positive;
import org.thalweg.api.tensor.Tensor;

/**
 * Quantile loss (Koenker and Bassett, 1978), also called pinball loss: with {@code d = t - x}, {@code max(q * d, (q - 1) * d)}. It is least where a
 * share q of the targets lies below x. Input x and target t have the same shape, any; the mean is over all elements.
 *
 * @param quantile q, above 0 and below 1
 * @param reduction how the elements become one number
 */
@Description("Pinball loss, least where a share q of the targets lies below x.")
@Guide(
        formula = "max(q * (t - x), (q - 1) * (t - x))",
        shapes = "Input and target have the same shape, any; one element for each number.",
        use = "For forecasts with bounds: train one output for 0.05 and one for 0.95. With q = 0.5 it is half of l1.",
        source = "Koenker and Bassett (1978).")
public record Quantile(
        @Description("The quantile, between 0 and 1; 0.5 is the median.") @Default("0.5") @Positive @LessThan(1) double quantile,
        @Description("How the elements become one number.") @Default("mean") Reduction reduction)
        implements Loss {

    @Override
    public Elements elements(LossInputs inputs) {
        Tensor x = inputs.input();
        Tensor t = inputs.targetLikeInput();
        Tensor d = t.sub(x);
        return Elements.of(d.mul(quantile).max(d.mul(quantile - 1)));
    }
}
