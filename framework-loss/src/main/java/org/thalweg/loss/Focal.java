package org.thalweg.loss;

import java.util.List;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.loss.Scores;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.Max;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Tensor;

/**
 * Focal loss (Lin et al., 2017): cross-entropy in which easy answers count less, {@code (1 - p)^gamma * -log p}, p being the probability that the
 * model gives the right answer. In nats, from scores x:
 *
 * <ul>
 *   <li>of yes-or-no questions: targets 0 and 1 in the input's shape, p from the sigmoid; with alpha the element is multiplied by alpha for 1 and
 *       by 1 - alpha for 0. Another target makes its element NaN, which stops a training;
 *   <li>of C classes: scores [N, C, ...], C at least 2, and class numbers, INT32 [N, ...], p from softmax over the classes. A class number outside
 *       0..C-1 makes its element NaN.
 * </ul>
 *
 * (1 - p)^gamma is computed from the logarithm of 1 - p, so that nothing is lost where p is near 1. The mean is over the elements.
 *
 * @param gamma how strongly easy answers are left out, at least 0
 * @param alpha the weight of the answer 1, in [0, 1]
 * @param reduction how the elements become one number
 */
@Description("Cross-entropy in which easy answers count less.")
@Guide(
        formula = "alpha_t * (1 - p)^gamma * -log p      p the probability of the right answer",
        shapes = "Input scores and targets 0 and 1 of the same shape (sigmoid), or scores [N, C, ...] and class numbers [N, ...] "
                + "(softmax).",
        use = "For rare classes, as in detection. With gamma = 0 it is cross-entropy.",
        source = "Lin et al. (2017).")
public record Focal(
        @Description("How strongly easy answers are left out; 0 is cross-entropy.") @Default("2") @Min(0) double gamma,
        @Description("Weight of the answer 1 in yes-or-no questions, 1 - alpha that of 0; 1/2 weighs neither.")
                @Default("0.25") @Min(0) @Max(1) double alpha,
        @Description("How the elements become one number.") @Default("mean") Reduction reduction)
        implements Loss {

    @Override
    public Scores scores() {
        return Scores.LOGITS;
    }

    @Override
    public Elements elements(LossInputs inputs) {
        Tensor x = inputs.input();
        Tensor target = inputs.target();
        if (x.shape().rank() >= 2 && x.shape().extent(1) > 1 && target.dtype() == DType.INT32 && target.shape().equals(x.shape().without(1))) {
            return ofClassNumbers(new ClassTargets(inputs.loss(), x, List.of()), target);
        }
        return ofAnswers(x, inputs.targetLikeInput());
    }

    private Elements ofAnswers(Tensor x, Tensor t) {
        Tensor yes = t.equal(1);
        Tensor side = yes.where(t, t.equal(0).where(t.constant(-1), t.constant(Double.NaN)));
        Tensor margin = side.mul(x);
        Tensor weight = yes.where(x.constant(alpha), x.constant(1 - alpha));
        return Elements.of(weight.mul(focal(margin.neg().softplus().neg(), margin.softplus().neg())));
    }

    private Elements ofClassNumbers(ClassTargets classes, Tensor y) {
        Tensor x = classes.scores();
        Tensor whole = x.logSumExpKeepingAxis(1);
        Tensor others = classes.isTarget(y).where(x.constant(Double.NEGATIVE_INFINITY), x).logSumExpKeepingAxis(1);
        Tensor logRest = others.sub(whole).reshape(y.shape());
        return Elements.of(classes.ofExisting(y, focal(classes.ofTarget(y, x.sub(whole)), logRest)));
    }

    /** From log p and log (1 - p). */
    private Tensor focal(Tensor logP, Tensor logRest) {
        return gamma == 0 ? logP.neg() : logRest.mul(gamma).exp().mul(logP.neg());
    }
}
