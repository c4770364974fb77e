package org.thalweg.loss;

import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;

/**
 * Kullback-Leibler divergence (1951) of the input's distribution from the target's, in nats, element by element: {@code t * (log t - x)}, 0 log 0
 * being 0. The input x holds log-probabilities, the target t probabilities, or their logarithms with {@code logTarget}; same shape, rows [N, ...].
 *
 * <p>The plain mean over all elements is PyTorch's default but not the divergence: that is the mean over the N rows, {@code batchMean}.
 *
 * @param logTarget whether the target holds logarithms
 * @param batchMean whether the mean divides by the number of rows: with it the loss is the mean divergence
 * @param reduction how the elements become one number
 */
@Description("Kullback-Leibler divergence of the input's distribution from the target's.")
@Guide(
        formula = """
                t * (log t - x)          x log-probabilities, 0 log 0 = 0
                exp(t) * (t - x)         with logTarget""",
        shapes = "Input and target have the same shape, any; one element for each number. With batchMean the sum is divided by N of [N, "
                + "...].",
        use = "For distillation and variational inference, where the model's whole distribution counts. Set batchMean for the "
                + "divergence as textbooks have it.",
        source = "Kullback and Leibler (1951); as PyTorch's KLDivLoss.")
public record KlDivergence(
        @Description("Whether the target holds log-probabilities.") @Default("false") boolean logTarget,
        @Description("Whether the mean divides by the number of rows, not of elements.") @Default("false") boolean batchMean,
        @Description("How the elements become one number.") @Default("mean") Reduction reduction)
        implements Loss {

    @Override
    public Elements elements(LossInputs inputs) {
        Tensor x = inputs.input();
        Tensor t = inputs.targetLikeInput();
        Tensor values = logTarget ? t.exp().mul(t.sub(x)) : t.mul(logarithm(t).sub(x));
        return batchMean ? new Elements(values, x.constant(rows(inputs))) : Elements.of(values);
    }

    /** 0 for 0, which is then multiplied by it. */
    private static Tensor logarithm(Tensor t) {
        return t.equal(0).where(t.constant(1), t).log();
    }

    /** A scalar is one row. */
    private static int rows(LossInputs inputs) {
        Shape shape = inputs.input().shape();
        return shape.rank() == 0 ? 1 : shape.extent(0);
    }
}
