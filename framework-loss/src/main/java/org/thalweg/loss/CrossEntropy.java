package org.thalweg.loss;

import java.util.Arrays;
import java.util.List;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Max;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/**
 * Cross-entropy between class scores and the right classes, in nats. The input x is [N, C] or [N, C, d1, ...]: for each of N rows (and each
 * place in it) the scores of C classes before softmax; {@code log p = logSoftmax(x)} over the classes.
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
public record CrossEntropy(
        @Description("A weight for each class; empty: 1 each.") @Default("[]") @Min(0) List<Double> weight,
        @Description("Targets with this class number do not count.") @Default("-100") int ignoreIndex,
        @Description("Share of the target that is spread evenly over all classes.") @Default("0") @Min(0) @Max(1) double labelSmoothing,
        @Description("How the elements become one number.") @Default("mean") Reduction reduction)
        implements Loss {

    private static final int CLASSES = 1;

    /** Copies the weights. */
    public CrossEntropy {
        weight = List.copyOf(weight);
    }

    @Override
    public Elements elements(LossInputs inputs) {
        Tensor x = inputs.input();
        Tensor target = inputs.target();
        Shape shape = x.shape();
        if (shape.rank() < 2) {
            throw new ShapeException(
                    inputs.loss() + ": 'input' must be [rows, classes] or [rows, classes, ...], but has the shape " + shape);
        }
        if (target.dtype() == DType.INT32 && target.shape().equals(shape.without(CLASSES))) {
            return ofClassNumbers(x, target, weights(x, inputs.loss()));
        }
        if (target.dtype().isFloating() && target.shape().equals(shape)) {
            return ofProbabilities(x, target.cast(x.dtype()), weights(x, inputs.loss()));
        }
        throw new ShapeException(inputs.loss() + ": 'target' must be class numbers (INT32) of the shape " + shape.without(CLASSES)
                + " or probabilities (floating-point) of the shape " + shape + ", as 'input' is " + shape + "; but it is " + target.dtype()
                + " of the shape " + target.shape());
    }

    private Elements ofClassNumbers(Tensor x, Tensor target, Tensor w) {
        int classes = x.shape().extent(CLASSES);
        Tensor zero = x.constant(0);
        Tensor isTarget = target.reshape(x.shape().with(CLASSES, 1)).equal(alongClasses(x.range(classes), x.shape()));
        Tensor cost = x.logSoftmax(CLASSES).neg().mul(w);

        Tensor values = isTarget.where(cost, zero).sum(CLASSES);
        if (labelSmoothing > 0) {
            values = values.mul(1 - labelSmoothing).add(cost.sum(CLASSES).mul(labelSmoothing / classes));
        }
        Tensor counts = target.equal(ignoreIndex).not();
        Tensor exists = target.greaterOrEqual(0).and(target.less(classes));
        Tensor targetWeight = weight.isEmpty() ? w : isTarget.where(w, zero).sum(CLASSES);
        return new Elements(
                counts.where(exists.where(values, x.constant(Double.NaN)), zero), counts.where(targetWeight, zero).sum());
    }

    private Elements ofProbabilities(Tensor x, Tensor q, Tensor w) {
        int classes = x.shape().extent(CLASSES);
        Tensor smooth = labelSmoothing > 0 ? q.mul(1 - labelSmoothing).add(labelSmoothing / classes) : q;
        return Elements.of(x.logSoftmax(CLASSES).neg().mul(w).mul(smooth).sum(CLASSES));
    }

    /** The weights along the axis of the classes; 1 where there are none. */
    private Tensor weights(Tensor x, String loss) {
        if (weight.isEmpty()) {
            return x.constant(1);
        }
        if (weight.size() != x.shape().extent(CLASSES)) {
            throw new ShapeException(loss + ": weight has " + weight.size() + " numbers, but 'input' has " + x.shape().extent(CLASSES)
                    + " classes: its shape is " + x.shape());
        }
        return alongClasses(ConstantVector.of(x, weight), x.shape());
    }

    /** A vector of the classes, shaped so that it broadcasts along their axis. */
    private static Tensor alongClasses(Tensor vector, Shape shape) {
        int[] extents = new int[shape.rank() - CLASSES];
        Arrays.fill(extents, 1);
        extents[0] = shape.extent(CLASSES);
        return vector.reshape(extents);
    }
}
