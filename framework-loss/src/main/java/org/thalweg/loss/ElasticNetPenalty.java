package org.thalweg.loss;

import java.util.Map;
import org.thalweg.api.optim.GradientTransform;
import org.thalweg.api.optim.Step;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.Max;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Tensor;

/**
 * Elastic net (Zou and Hastie, 2005): the penalty {@code strength * (l1Ratio * sum |p| + (1 - l1Ratio) / 2 * sum p^2)} drives parameters that
 * hardly matter to 0, and keeps the others small. Its gradient at 0 is 0.
 *
 * <p>The penalty is not part of the loss that is reported: that stays the data's loss, comparable between strengths. Its gradient is added before
 * the optimizer, and before the transforms that follow in the list.
 *
 * @param strength at least 0
 * @param l1Ratio the share of the absolute values, in [0, 1]
 * @param parameters the names it applies to, * standing for any text; a pattern that fits none is an error
 */
@Description("Adds the gradient of l1 and l2 together; the reported loss stays that of the data.")
@Guide(
        formula = """
                g <- g + strength * (l1Ratio * sign(p) + (1 - l1Ratio) * p)
                         of strength * (l1Ratio * sum |p| + (1 - l1Ratio) / 2 * sum p^2)""",
        shapes = "Any parameter.",
        use = "Drives parameters to 0 as l1, but keeps or drops related ones together.",
        source = "Elastic net, Zou and Hastie (2005).")
public record ElasticNetPenalty(
        @Description("How much the penalty counts.") @Min(0) double strength,
        @Description("Share of the absolute values; the rest is for the squares.") @Default("0.5") @Min(0) @Max(1) double l1Ratio,
        @Description("Names of the parameters it applies to; * stands for any text, as in *.weight.") @Default("*") String parameters)
        implements GradientTransform {

    @Override
    public Map<String, Tensor> apply(Map<String, Tensor> gradients, Map<String, Tensor> parameters, Step step) {
        return Penalty.add("elastic-net", this.parameters, gradients, parameters,
                p -> p.sign().mul(strength * l1Ratio).add(p.mul(strength * (1 - l1Ratio))));
    }
}
