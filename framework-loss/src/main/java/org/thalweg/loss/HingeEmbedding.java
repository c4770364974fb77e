package org.thalweg.loss;

import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.tensor.Tensor;

/**
 * Distances of pairs that belong together (y = 1) or not (y = -1): {@code x} for y = 1, {@code max(0, margin - x)} for y = -1. The input x is
 * usually a distance; target y has the same shape, any. Another target makes its element NaN, which stops a training. At the margin the gradient
 * passes.
 *
 * @param margin the distance that unlike pairs should have, in units of the input
 * @param reduction how the elements become one number
 */
@Description("Pulls pairs together or apart, by a distance.")
@Guide(
        formula = """
                x                     where y = 1
                max(0, margin - x)    where y = -1""",
        shapes = "Input distances and target -1 or 1, of the same shape, any.",
        use = "For learning whether two inputs are alike, where the model gives their distance.",
        source = "As PyTorch's HingeEmbeddingLoss.")
public record HingeEmbedding(
        @Description("Distance from which on unlike pairs are left alone.") @Default("1") double margin,
        @Description("How the elements become one number.") @Default("mean") Reduction reduction)
        implements Loss {

    @Override
    public Elements elements(LossInputs inputs) {
        Tensor x = inputs.input();
        Tensor y = SignedTarget.likeInput(inputs);
        Tensor apart = PositivePart.of(x.neg().add(margin));
        return Elements.of(y.equal(1).where(x, y.equal(-1).where(apart, y)));
    }
}
