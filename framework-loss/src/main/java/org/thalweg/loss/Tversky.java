package org.thalweg.loss;

import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.Min;
import org.thalweg.api.settings.Positive;
import org.thalweg.api.tensor.Tensor;

/**
 * Tversky loss (Salehi et al., 2017): Dice with weights for the two kinds of mistakes. With probabilities p and targets t in [0, 1],
 *
 * <pre>
 * TP = sum p * t,  FP = sum p * (1 - t),  FN = sum (1 - p) * t
 * 1 - (TP + smooth) / (TP + alpha * FP + beta * FN + smooth)
 * </pre>
 *
 * The sums are over all axes but the first; input and target have the same shape [N, ...], and there is one element for each row.
 *
 * @param logits whether the sigmoid is to be applied
 * @param smooth added above and below the line, above 0
 * @param alpha the weight of what is predicted and not wanted, at least 0
 * @param beta the weight of what is wanted and not predicted, at least 0
 * @param reduction how the elements become one number
 */
@Description("Dice whose two kinds of mistake weigh differently.")
@Guide(
        formula = "1 - (TP + smooth) / (TP + alpha * FP + beta * FN + smooth)",
        shapes = "Input and target have the same shape [N, ...], targets in [0, 1]; one element for each row.",
        use = "For segmentation where one mistake is worse: a larger beta finds more.",
        source = "Salehi et al. (2017).")
public record Tversky(
        @Description("Whether the input holds scores before the sigmoid; if not, probabilities.") @Default("true") boolean logits,
        @Description("Added above and below the line; keeps empty regions finite.") @Default("1") @Positive double smooth,
        @Description("Weight of what is predicted and not wanted.") @Default("0.5") @Min(0) double alpha,
        @Description("Weight of what is wanted and not predicted.") @Default("0.5") @Min(0) double beta,
        @Description("How the elements become one number.") @Default("mean") Reduction reduction)
        implements Loss {

    @Override
    public Elements elements(LossInputs inputs) {
        Overlap overlap = Overlap.of(inputs, logits);
        Tensor right = overlap.both().add(smooth);
        Tensor mistakes = overlap.predictedOnly().mul(alpha).add(overlap.wantedOnly().mul(beta));
        return Elements.of(right.div(right.add(mistakes)).neg().add(1));
    }
}
