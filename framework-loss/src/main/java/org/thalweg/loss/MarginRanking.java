package org.thalweg.loss;

import java.util.List;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.tensor.Tensor;

/**
 * Ranking of pairs: {@code max(0, -y * (x1 - x2) + margin)}, with y = 1 where x1 should rank higher and -1 where x2 should. Inputs {@code input1},
 * {@code input2} and {@code target} have the same shape, any. Another target makes its element NaN, which stops a training. At the margin the
 * gradient passes.
 *
 * @param margin by how much the one that should rank higher leads, in units of the input
 * @param reduction how the elements become one number
 */
@Description("Ranks pairs.")
@Guide(
        formula = "max(0, -y * (x1 - x2) + margin)      y = 1 asks for x1 > x2, y = -1 for x2 > x1",
        shapes = "input1, input2 and target have the same shape, any.",
        use = "For learning to rank from comparisons.",
        source = "Herbrich, Graepel and Obermayer (2000); as PyTorch's MarginRankingLoss.")
public record MarginRanking(
        @Description("By how much the higher one should lead.") @Default("0") double margin,
        @Description("How the elements become one number.") @Default("mean") Reduction reduction)
        implements Loss {

    @Override
    public List<String> inputs() {
        return List.of("input1", "input2", LossInputs.TARGET);
    }

    @Override
    public Elements elements(LossInputs inputs) {
        Tensor x1 = inputs.get("input1");
        inputs.requireShape("input2", x1.shape());
        Tensor x2 = inputs.get("input2").cast(x1.dtype());
        Tensor y = SignedTarget.of(inputs, x1, x1.shape());
        return Elements.of(PositivePart.of(y.neg().mul(x1.sub(x2)).add(margin)));
    }
}
