package org.thalweg.loss;

import java.util.List;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/**
 * Hinge loss of rows with any number of labels: with scores x [N, C] and class numbers y, INT32 [N, C], that end at the first -1, or
 * one row, both [C],
 *
 * <pre>
 * 1 / C * sum_{j in y} sum_{i not in y} max(0, 1 - x_j + x_i)
 * </pre>
 *
 * One element for each row; the mean is over the rows. At the margin the gradient is 0. A number outside -1..C-1 makes its element NaN, which stops
 * a training.
 *
 * @param reduction how the elements become one number
 */
@Description("Every label of a row should lead every class that is none by 1.")
@Guide(
        formula = "1 / C * sum_{j in y} sum_{i not in y} max(0, 1 - x_j + x_i)",
        shapes = "Input scores [N, C]; target the labels of a row from the left, the rest being -1, [N, C]; of one row alone, both [C]. "
                + "One element for each row.",
        use = "For rows with any number of labels where only their order before the others counts. For probabilities take "
                + "multi-label-soft-margin.",
        source = "As PyTorch's MultiLabelMarginLoss.")
public record MultiLabelMargin(
        @Description("How the elements become one number.") @Default("mean") Reduction reduction) implements Loss {

    @Override
    public Elements elements(LossInputs inputs) {
        return SingleRow.orRows(inputs, true, this::ofRows);
    }

    private Elements ofRows(LossInputs inputs) {
        Tensor x = inputs.input();
        int classes = ClassTargets.ofRows(inputs, List.of()).classes();
        Tensor y = labels(inputs);
        Tensor zero = x.constant(0);

        Tensor times = y.oneHot(classes, x.dtype()).mul(isLabel(y, x).reshape(-1, classes, 1)).sum(1);
        Tensor others = times.equal(0).where(x.constant(1), zero);
        Tensor violation = x.reshape(-1, 1, classes).sub(x.reshape(-1, classes, 1)).add(1).relu();
        Tensor values = violation.mul(times.reshape(-1, classes, 1)).mul(others.reshape(-1, 1, classes)).sum(1, 2).div(classes);
        Tensor wrong = y.less(-1).or(y.greaterOrEqual(classes)).cast(x.dtype()).sum(1).greater(0);
        return Elements.of(wrong.where(x.constant(Double.NaN), values));
    }

    /** 1 for the numbers before the first -1. */
    private static Tensor isLabel(Tensor y, Tensor x) {
        Tensor position = x.range(y.shape().extent(1));
        Tensor notAfter = position.reshape(-1, 1).lessOrEqual(position.reshape(1, -1)).cast(x.dtype());
        Tensor ends = y.less(0).cast(x.dtype());
        return ends.matmul(notAfter).equal(0).cast(x.dtype());
    }

    private static Tensor labels(LossInputs inputs) {
        Tensor y = inputs.target();
        Shape shape = inputs.input().shape();
        if (y.dtype() != DType.INT32 || !y.shape().equals(shape)) {
            throw new ShapeException(inputs.loss() + ": 'target' must be class numbers (INT32) in the shape of 'input', " + shape
                    + ", filled up with -1; but it is " + y.dtype() + " of the shape " + y.shape());
        }
        return y;
    }
}
