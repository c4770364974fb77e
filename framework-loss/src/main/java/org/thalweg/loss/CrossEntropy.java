package org.thalweg.loss;

import static org.thalweg.loss.ClassTargets.CLASSES;

import java.util.List;
import java.util.Optional;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.loss.Scores;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.Max;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/**
 * Cross-entropy between class scores and the right classes, in nats. The input x is [N, C] or [N, C, d1, ...]: for each of N rows (and each
 * place in it) the scores of C classes before softmax; {@code log p = logSoftmax(x)} over the classes. One row alone is [C], with a scalar or
 * [C] as the target.
 *
 * <p>The target is either
 *
 * <ul>
 *   <li>class numbers y from 0, INT32 [N] or [N, d1, ...]:
 *       {@code (1 - s) * w_y * -log p_y + s / C * sum_c w_c * -log p_c}, with s the label smoothing. The mean divides by the sum of the
 *       weights w_y of the targets that count; where none does, it is NaN;
 *   <li>or probabilities q in the input's shape and a floating-point type:
 *       {@code sum_c w_c * ((1 - s) * q_c + s / C) * -log p_c}. The mean divides by the number of elements.
 * </ul>
 *
 * A class number that is neither one of 0..C-1 nor {@code ignoreIndex} makes its element NaN, which stops a training. Any other
 * shape or type of the target is a {@link ShapeException}. Label smoothing is from Szegedy et al. (2016).
 *
 * @param weight w, one for each class, at least 0; empty for 1 each
 * @param ignoreIndex the class number whose elements are 0 and do not count
 * @param labelSmoothing s, the share of the target that is spread over all classes, in [0, 1]
 * @param reduction how the elements become one number
 */
@Description("Cross-entropy of class scores (before softmax) with class numbers or probabilities.")
@Guide(
        formula = """
                log p = logSoftmax(x)
                -w_y * log p_y                                              class numbers y
                (1 - s) * -w_y * log p_y + s / C * sum_c -w_c * log p_c     with label smoothing s
                sum_c -w_c * ((1 - s) * q_c + s / C) * log p_c              probabilities q""",
        shapes = "Input [N, C] or [N, C, d1, ...]; target class numbers [N] or [N, d1, ...], or probabilities in the input's shape. Of "
                + "one row alone, [C] and a scalar or [C]. The mean divides by the sum of w_y.",
        use = "For classes of which one is right. Where several may be, take binary-cross-entropy-with-logits.",
        source = "Shannon (1948), Good (1952); label smoothing: Szegedy et al. (2016); as PyTorch's CrossEntropyLoss.")
public record CrossEntropy(
        @Description("A weight for each class; empty: 1 each.") @Default("[]") @Min(0) List<Double> weight,
        @Description("Targets with this class number do not count.") @Default("-100") int ignoreIndex,
        @Description("Share of the target that is spread evenly over all classes.") @Default("0") @Min(0) @Max(1) double labelSmoothing,
        @Description("How the elements become one number.") @Default("mean") Reduction reduction)
        implements Loss {

    /** Copies the weights. */
    public CrossEntropy {
        weight = List.copyOf(weight);
    }

    @Override
    public Optional<Loss> withClassWeights(List<Double> weights) {
        return Optional.of(new CrossEntropy(ClassTargets.only(weight, weights), ignoreIndex, labelSmoothing, reduction));
    }

    @Override
    public Scores scores() {
        return Scores.LOGITS;
    }

    @Override
    public Elements elements(LossInputs inputs) {
        return SingleRow.orRows(inputs, inputs.target().dtype().isFloating(), this::ofRows);
    }

    private Elements ofRows(LossInputs inputs) {
        Tensor x = inputs.input();
        Tensor target = inputs.target();
        ClassTargets classes = new ClassTargets(inputs.loss(), x, weight);
        if (classes.isClassNumbers(target)) {
            return ofClassNumbers(classes, target);
        }
        if (target.dtype().isFloating() && target.shape().equals(x.shape())) {
            return ofProbabilities(classes, target.cast(x.dtype()));
        }
        throw new ShapeException(inputs.loss() + ": 'target' must be class numbers (INT32) of the shape " + x.shape().without(CLASSES)
                + " or probabilities (floating-point) of the shape " + x.shape() + ", as 'input' is " + x.shape() + "; but it is "
                + target.dtype() + " of the shape " + target.shape());
    }

    private Elements ofClassNumbers(ClassTargets classes, Tensor y) {
        Tensor cost = cost(classes);
        Tensor values = classes.ofTarget(y, cost);
        if (labelSmoothing > 0) {
            values = values.mul(1 - labelSmoothing).add(cost.sum(CLASSES).mul(labelSmoothing / classes.classes()));
        }
        return classes.counting(y, ignoreIndex, values);
    }

    private Elements ofProbabilities(ClassTargets classes, Tensor q) {
        Tensor smooth = labelSmoothing > 0 ? q.mul(1 - labelSmoothing).add(labelSmoothing / classes.classes()) : q;
        return Elements.of(cost(classes).mul(smooth).sum(CLASSES));
    }

    private static Tensor cost(ClassTargets classes) {
        return classes.scores().logSoftmax(CLASSES).neg().mul(classes.weights());
    }
}
