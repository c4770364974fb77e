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
 * Dice loss (Milletari et al., 2016), with probabilities p and targets t in [0, 1]:
 *
 * <pre>
 * 1 - (2 * sum p * t + smooth) / (sum p + sum t + smooth)
 * </pre>
 *
 * The sums are over all axes but the first; input and target have the same shape [N, ...], and there is one element for each row.
 *
 * @param logits whether the sigmoid is to be applied
 * @param smooth added above and below the line, above 0
 * @param reduction how the elements become one number
 */
@Description("How little predicted and wanted regions overlap.")
@Guide(
        formula = "1 - (2 * sum p * t + smooth) / (sum p + sum t + smooth)",
        shapes = "Input and target have the same shape [N, ...], targets in [0, 1]; one element for each row.",
        use = "For segmentation, where what is looked for is small.",
        source = "Milletari et al. (2016).")
public record Dice(
        @Description("Whether the input holds scores before the sigmoid; if not, probabilities.") @Default("true") boolean logits,
        @Description("Added above and below the line; keeps empty regions finite.") @Default("1") @Positive double smooth,
        @Description("How the elements become one number.") @Default("mean") Reduction reduction)
        implements Loss {

    @Override
    public Elements elements(LossInputs inputs) {
        Overlap overlap = Overlap.of(inputs, logits);
        Tensor twice = overlap.both().mul(2);
        Tensor all = twice.add(overlap.predictedOnly()).add(overlap.wantedOnly());
        return Elements.of(twice.add(smooth).div(all.add(smooth)).neg().add(1));
    }
}
