package org.thalweg.loss;

import java.util.Map;
import org.thalweg.api.optim.GradientTransform;
import org.thalweg.api.optim.Step;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Tensor;

/**
 * L1 regularisation (Tibshirani, 1996): the penalty {@code strength * sum |p|} drives parameters that hardly matter to 0. Its gradient at 0 is 0.
 *
 * <p>The penalty is not part of the loss that is reported: that stays the data's loss, comparable between strengths. Its gradient is added before
 * the optimizer, and before the transforms that follow in the list.
 *
 * @param strength at least 0
 * @param parameters the names it applies to, * standing for any text; a pattern that fits none is an error
 */
@Description("Adds the gradient of an L1 penalty; the reported loss stays that of the data.")
@Guide(
        formula = "g <- g + strength * sign(p)      of strength * sum |p|",
        shapes = "Any parameter.",
        use = "Drives parameters that hardly matter to 0.",
        source = "Lasso, Tibshirani (1996).")
public record L1Penalty(
        @Description("How much the penalty counts.") @Min(0) double strength,
        @Description("Names of the parameters it applies to; * stands for any text, as in *.weight.") @Default("*") String parameters)
        implements GradientTransform {

    @Override
    public Map<String, Tensor> apply(Map<String, Tensor> gradients, Map<String, Tensor> parameters, Step step) {
        return Penalty.add("l1", this.parameters, gradients, parameters, p -> p.sign().mul(strength));
    }
}
