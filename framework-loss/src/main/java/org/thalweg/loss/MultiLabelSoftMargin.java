package org.thalweg.loss;

import java.util.List;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/**
 * Binary cross-entropy of C questions about each row, averaged over them: with scores x and targets t in [0, 1], both [..., C],
 *
 * <pre>
 * -1/C * sum_c w_c * (t_c * log sigmoid(x_c) + (1 - t_c) * log sigmoid(-x_c))
 * </pre>
 *
 * One element for each row; the mean is over the rows.
 *
 * @param weight w, one for each class, at least 0; empty for 1 each
 * @param reduction how the elements become one number
 */
@Description("Binary cross-entropy of scores before the sigmoid, averaged over the classes.")
@Guide(
        formula = "-1 / C * sum_c w_c * (t_c * log sigmoid(x_c) + (1 - t_c) * log(1 - sigmoid(x_c)))",
        shapes = "Input and target are [..., C], targets in [0, 1]; one element for each row.",
        use = "For rows with any number of labels.",
        source = "As PyTorch's MultiLabelSoftMarginLoss.")
public record MultiLabelSoftMargin(
        @Description("A weight for each class; empty: 1 each.") @Default("[]") @Min(0) List<Double> weight,
        @Description("How the elements become one number.") @Default("mean") Reduction reduction)
        implements Loss {

    /** Copies the weights. */
    public MultiLabelSoftMargin {
        weight = List.copyOf(weight);
    }

    @Override
    public Elements elements(LossInputs inputs) {
        Tensor x = inputs.input();
        Tensor t = inputs.targetLikeInput();
        if (x.shape().rank() == 0) {
            throw new ShapeException(inputs.loss() + ": 'input' must be [..., classes], but has the shape " + x.shape());
        }
        Tensor costs = t.mul(x.neg().softplus()).add(x.constant(1).sub(t).mul(x.softplus()));
        return Elements.of((weight.isEmpty() ? costs : costs.mul(ConstantVector.ofLastAxes("weight", weight, inputs))).mean(-1));
    }
}
