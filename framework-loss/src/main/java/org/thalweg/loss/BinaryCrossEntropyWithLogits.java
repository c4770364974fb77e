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
 * Cross-entropy of yes-or-no questions, in nats, from scores x before the sigmoid and targets t in [0, 1] of the same shape:
 *
 * <pre>
 * -w * (p * t * log sigmoid(x) + (1 - t) * log(1 - sigmoid(x)))
 *   = w * ((1 - t) * x + (1 + (p - 1) * t) * softplus(-x))
 * </pre>
 *
 * of which the second form stays exact for large x. The mean divides by the number of elements, weighted or not. The lists hold a
 * number for each position of the last axis or axes, or one for all. Another shape of the target or length of a
 * list is a {@link org.thalweg.api.tensor.ShapeException}.
 *
 * @param weight w, on the whole element, at least 0; empty for 1 each
 * @param posWeight p, on the part of the positive answer, at least 0; empty for 1 each
 * @param reduction how the elements become one number
 */
@Description("Binary cross-entropy of scores before the sigmoid, with targets from 0 to 1 of the same shape.")
@Guide(
        formula = "-w * (p * t * log sigmoid(x) + (1 - t) * log(1 - sigmoid(x)))      p the posWeight",
        shapes = "Input and target have the same shape, any; one element for each number. Targets in [0, 1].",
        use = "For yes-or-no questions, one or many at once. A posWeight above 1 finds more of what is rare.",
        source = "Cox (1958); as PyTorch's BCEWithLogitsLoss.")
public record BinaryCrossEntropyWithLogits(
        @Description("A weight for each position of the last axis or axes, or one for all; empty: 1 each.") @Default("[]") @Min(0)
                List<Double> weight,
        @Description("A weight of the positive answer for each position of the last axis or axes, or one for all; empty: 1 each.")
                @Default("[]") @Min(0) List<Double> posWeight,
        @Description("How the elements become one number.") @Default("mean") Reduction reduction)
        implements Loss {

    /** Copies the weights. */
    public BinaryCrossEntropyWithLogits {
        weight = List.copyOf(weight);
        posWeight = List.copyOf(posWeight);
    }

    /** For one question, whose classes are no and yes: the first weight is on the whole element, the quotient on the positive answer. */
    @Override
    public Optional<Loss> withClassWeights(List<Double> weights) {
        if (weights.size() != 2 || weights.getFirst() <= 0) {
            throw new IllegalArgumentException("a yes-or-no question has two classes, and the weight of the first must be above 0, but the weights are "
                    + weights);
        }
        return Optional.of(new BinaryCrossEntropyWithLogits(ClassTargets.only(weight, weights.subList(0, 1)),
                ClassTargets.only(posWeight, List.of(weights.get(1) / weights.get(0))), reduction));
    }

    @Override
    public Scores scores() {
        return Scores.LOGITS;
    }

    @Override
    public Elements elements(LossInputs inputs) {
        Tensor x = inputs.input();
        Tensor t = inputs.targetLikeInput();
        Tensor one = x.constant(1);

        Tensor yes = posWeight.isEmpty() ? one : one.add(ConstantVector.ofLastAxes("posWeight", posWeight, inputs).sub(1).mul(t));
        Tensor values = one.sub(t).mul(x).add(yes.mul(x.neg().softplus()));
        return Elements.of(weight.isEmpty() ? values : values.mul(ConstantVector.ofLastAxes("weight", weight, inputs)));
    }
}
