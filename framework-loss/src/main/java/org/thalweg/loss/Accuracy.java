package org.thalweg.loss;

import java.util.List;
import org.thalweg.api.metric.Metric;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/**
 * The share of right answers, from 0 to 1.
 *
 * <ul>
 *   <li>Scores of C classes, [N, C] or [N, C, d1, ...], with class numbers, INT32 [N] or [N, d1, ...]: the class of the highest score is
 *       the answer, the first one of equals.
 *   <li>One score a row, [N] or [N, 1], before the sigmoid, with targets 0 and 1 (or false and true), [N] or [N, 1]: a score above 0
 *       answers 1.
 * </ul>
 *
 * Any other shape or type is a {@link ShapeException}. Without rows it is NaN.
 */
@Description("The share of right answers: highest score for class numbers, a score above 0 for yes-or-no questions.")
public record Accuracy() implements Metric {

    @Override
    public List<Tensor> sums(Tensor prediction, Tensor target) {
        Tensor right = answers(prediction, target).equal(target.cast(DType.INT32)).cast(prediction.dtype());
        return List.of(right.sum(), prediction.constant(target.shape().size()));
    }

    private static Tensor answers(Tensor prediction, Tensor target) {
        Shape scores = prediction.shape();
        Shape targets = target.shape();
        boolean oneScore = scores.rank() == 1 || scores.rank() == 2 && scores.extent(1) == 1;
        boolean oneTarget = targets.rank() == 1 || targets.rank() == 2 && targets.extent(1) == 1;
        if (oneScore && oneTarget && scores.extent(0) == targets.extent(0)) {
            return prediction.greater(0).cast(DType.INT32).reshape(targets);
        }
        if (!oneScore && scores.rank() >= 2 && target.dtype() == DType.INT32 && targets.equals(scores.without(1))) {
            return prediction.argMax(1);
        }
        throw new ShapeException("accuracy: needs scores [rows, classes, ...] with class numbers (INT32) [rows, ...], or one score a"
                + " row with as many targets of 0 and 1;"
                + " but the prediction is " + scores + " and the target " + target.dtype() + " " + targets);
    }

    @Override
    public double value(double[] sums) {
        return sums[0] / sums[1];
    }

    @Override
    public boolean higherIsBetter() {
        return true;
    }
}
