package org.thalweg.loss;

import java.util.List;
import java.util.Optional;
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
 * Negative log-likelihood of the right classes, in nats: {@code -w_y * x_y}. The input x is [N, C] or [N, C, d1, ...] and holds log-probabilities,
 * as from log-softmax; the target holds class numbers y from 0, INT32 [N] or [N, d1, ...]; of one row alone they are [C] and a scalar. The mean
 * divides by the sum of the weights w_y of the targets that count. A class number that is neither one of 0..C-1 nor {@code ignoreIndex} makes its element
 * NaN, which stops a training.
 *
 * @param weight w, one for each class, at least 0; empty for 1 each
 * @param ignoreIndex the class number whose elements are 0 and do not count
 * @param reduction how the elements become one number
 */
@Description("Negative log-likelihood of the right class, from log-probabilities.")
@Guide(
        formula = "-w_y * x_y",
        shapes = "Input log-probabilities [N, C] or [N, C, d1, ...], target class numbers [N] or [N, d1, ...]; of one row alone [C] and "
                + "a scalar. The mean divides by the sum of w_y.",
        use = "Where the model ends in log-softmax. For scores before softmax take cross-entropy, which does both in one.",
        source = "Fisher (1922); as PyTorch's NLLLoss.")
public record NegativeLogLikelihood(
        @Description("A weight for each class; empty: 1 each.") @Default("[]") @Min(0) List<Double> weight,
        @Description("Targets with this class number do not count.") @Default("-100") int ignoreIndex,
        @Description("How the elements become one number.") @Default("mean") Reduction reduction)
        implements Loss {

    /** Copies the weights. */
    public NegativeLogLikelihood {
        weight = List.copyOf(weight);
    }

    @Override
    public Optional<Loss> withClassWeights(List<Double> weights) {
        return Optional.of(new NegativeLogLikelihood(ClassTargets.only(weight, weights), ignoreIndex, reduction));
    }

    @Override
    public Scores scores() {
        return Scores.LOG_PROBABILITIES;
    }

    @Override
    public Elements elements(LossInputs inputs) {
        return SingleRow.orRows(inputs, false, this::ofRows);
    }

    private Elements ofRows(LossInputs inputs) {
        ClassTargets classes = new ClassTargets(inputs.loss(), inputs.input(), weight);
        Tensor y = classes.classNumbers(inputs.target());
        return classes.counting(y, ignoreIndex, classes.ofTarget(y, inputs.input().neg().mul(classes.weights())));
    }
}
