package org.thalweg.loss;

import java.util.List;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.loss.Scores;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Tensor;

/**
 * Cross-entropy of yes-or-no questions, in nats, from probabilities x and targets t of the same shape, both in [0, 1]:
 *
 * <pre>
 * -w * (t * max(log x, -100) + (1 - t) * max(log(1 - x), -100))
 * </pre>
 *
 * The bounds are PyTorch's, and so is the gradient, {@code w * (x - t) / max(x * (1 - x), 1e-12)}: finite at the ends, where the formula's is not. A
 * probability outside [0, 1] makes its element NaN, which stops a training. The mean divides by the number of elements, weighted or not.
 *
 * @param weight w, on the whole element, at least 0; empty for 1 each
 * @param reduction how the elements become one number
 */
@Description("Binary cross-entropy of probabilities.")
@Guide(
        formula = "-w * (t * max(log x, -100) + (1 - t) * max(log(1 - x), -100))",
        shapes = "Input and target have the same shape, any; one element for each number. Both in [0, 1].",
        use = "Where the model ends in a sigmoid. For scores before it take binary-cross-entropy-with-logits, which is exact for all "
                + "of them.",
        source = "As PyTorch's BCELoss.")
public record BinaryCrossEntropy(
        @Description("A weight for each position of the last axis or axes, or one for all; empty: 1 each.") @Default("[]") @Min(0)
                List<Double> weight,
        @Description("How the elements become one number.") @Default("mean") Reduction reduction)
        implements Loss {

    private static final double LEAST_LOGARITHM = -100;
    private static final double LEAST_VARIANCE = 1e-12f;

    /** Copies the weights. */
    public BinaryCrossEntropy {
        weight = List.copyOf(weight);
    }

    @Override
    public Scores scores() {
        return Scores.PROBABILITIES;
    }

    @Override
    public Elements elements(LossInputs inputs) {
        Tensor x = inputs.input();
        Tensor t = inputs.targetLikeInput();
        Tensor slope = x.sub(t).div(x.constant(1).sub(x).mul(x).max(LEAST_VARIANCE));
        Tensor values = GivenGradient.of(p -> cost(p, t), x, slope);
        return Elements.of(weight.isEmpty() ? values : values.mul(ConstantVector.ofLastAxes("weight", weight, inputs)));
    }

    private static Tensor cost(Tensor p, Tensor t) {
        Tensor yes = t.mul(p.log().max(LEAST_LOGARITHM));
        Tensor no = t.constant(1).sub(t).mul(p.neg().log1p().max(LEAST_LOGARITHM));
        return yes.add(no).neg();
    }
}
