package org.thalweg.loss;

import java.util.List;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.Max;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/**
 * Angles of pairs of vectors: {@code 1 - cos(x1, x2)} for y = 1, {@code max(0, cos(x1, x2) - margin)} for y = -1, with
 *
 * <pre>
 * cos(a, b) = a.b / sqrt((a.a + 1e-12) * (b.b + 1e-12))
 * </pre>
 *
 * so that a zero vector has the cosine 0. {@code input1} and {@code input2} are [N, D] or [D], the target [N] or a scalar. Another target makes its
 * element NaN, which stops a training. At the margin the gradient passes.
 *
 * @param margin the cosine above which unlike pairs cost, in [-1, 1]
 * @param reduction how the elements become one number
 */
@Description("Compares the directions of pairs of vectors.")
@Guide(
        formula = """
                1 - cos(x1, x2)                 where y = 1
                max(0, cos(x1, x2) - margin)    where y = -1""",
        shapes = "input1 and input2 are [N, D] or [D], the target -1 or 1, [N] or a scalar.",
        use = "For embeddings whose length does not matter.",
        source = "As PyTorch's CosineEmbeddingLoss.")
public record CosineEmbedding(
        @Description("Cosine that unlike pairs may have.") @Default("0") @Min(-1) @Max(1) double margin,
        @Description("How the elements become one number.") @Default("mean") Reduction reduction)
        implements Loss {

    /** PyTorch's, which is a float there. */
    private static final double LEAST_SQUARE = 1e-12f;

    @Override
    public List<String> inputs() {
        return List.of("input1", "input2", LossInputs.TARGET);
    }

    @Override
    public Elements elements(LossInputs inputs) {
        Tensor x1 = inputs.get("input1");
        if (x1.shape().rank() == 0) {
            throw new ShapeException(inputs.loss() + ": 'input1' must be vectors [rows, size], but has the shape " + x1.shape());
        }
        inputs.requireShape("input2", x1.shape());
        Tensor x2 = inputs.get("input2").cast(x1.dtype());
        Tensor y = SignedTarget.of(inputs, x1, x1.shape().without(-1));

        Tensor squares = x1.square().sum(-1).add(LEAST_SQUARE).mul(x2.square().sum(-1).add(LEAST_SQUARE));
        Tensor cosine = x1.mul(x2).sum(-1).div(squares.sqrt());
        Tensor alike = cosine.neg().add(1);
        Tensor unlike = PositivePart.of(cosine.sub(margin));
        return Elements.of(y.equal(1).where(alike, y.equal(-1).where(unlike, y)));
    }
}
