package org.thalweg.loss;

import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.loss.Scores;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.tensor.Tensor;

/**
 * Logistic loss of two classes: {@code log(1 + exp(-y * x))}, with scores x and targets y = -1 or 1 of the same shape, any. Exact for all scores.
 * Another target makes its element NaN, which stops a training. The mean is over all elements.
 *
 * @param reduction how the elements become one number
 */
@Description("Logistic loss of two classes.")
@Guide(
        formula = "log(1 + exp(-y * x))",
        shapes = "Input and target have the same shape, any; one element for each number. Targets are -1 or 1.",
        use = "The same as binary-cross-entropy-with-logits, for targets -1 and 1 in place of 0 and 1.",
        source = "Cox (1958); as PyTorch's SoftMarginLoss.")
public record SoftMargin(
        @Description("How the elements become one number.") @Default("mean") Reduction reduction) implements Loss {

    @Override
    public Scores scores() {
        return Scores.MARGINS;
    }

    @Override
    public Elements elements(LossInputs inputs) {
        Tensor x = inputs.input();
        Tensor y = SignedTarget.likeInput(inputs);
        return Elements.of(y.neg().mul(x).softplus());
    }
}
