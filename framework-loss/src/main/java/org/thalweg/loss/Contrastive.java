package org.thalweg.loss;

import java.util.List;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.Positive;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/**
 * NT-Xent, the contrastive loss of SimCLR (Chen et al., 2020). Two views of each of N things, {@code input1} and {@code input2}, both [N, D], are
 * scaled to length 1 and put one after another into z_1, ..., z_2N. Each should find its other view among all the rest:
 *
 * <pre>
 * -log (exp(z_i.z_j / temperature) / sum_{k != i} exp(z_i.z_k / temperature))
 * </pre>
 *
 * with z_j the other view of z_i. In nats; 2N elements, and the mean is over them.
 *
 * @param temperature what the cosines are divided by, above 0
 * @param reduction how the elements become one number
 */
@Description("Each of 2N vectors should find its other view among all the rest.")
@Guide(
        formula = "-log(exp(cos(z_i, z_j) / temperature) / sum_{k != i} exp(cos(z_i, z_k) / temperature))",
        shapes = "input1 and input2 are [N, D], two views of the same rows; 2N elements.",
        use = "For representations without labels; the larger the batch, the better.",
        source = "NT-Xent, Chen et al. (2020).")
public record Contrastive(
        @Description("What cosines are divided by: the lower, the more the nearest mistakes count.") @Default("0.5") @Positive double temperature,
        @Description("How the elements become one number.") @Default("mean") Reduction reduction)
        implements Loss {

    @Override
    public List<String> inputs() {
        return List.of("input1", "input2");
    }

    @Override
    public Elements elements(LossInputs inputs) {
        Tensor x1 = inputs.get("input1");
        if (x1.shape().rank() != 2) {
            throw new ShapeException(inputs.loss() + ": 'input1' must be [rows, size], but has the shape " + x1.shape());
        }
        inputs.requireShape("input2", x1.shape());
        int rows = x1.shape().extent(0);

        Tensor z = UnitVector.of(x1.concat(0, List.of(inputs.get("input2").cast(x1.dtype()))));
        Tensor similarity = z.matmul(z.transpose()).div(temperature);
        Tensor i = x1.range(2 * rows).reshape(-1, 1);
        Tensor k = x1.range(2 * rows).reshape(1, -1);
        Tensor rest = i.equal(k).where(x1.constant(Double.NEGATIVE_INFINITY), similarity).logSumExpKeepingAxis(1).reshape(-1);
        Tensor otherView = i.sub(k).abs().equal(rows).where(similarity, x1.constant(0)).sum(1);
        return Elements.of(rest.sub(otherView));
    }
}
