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
 * L2 regularisation (Hoerl and Kennard, 1970): the penalty {@code strength / 2 * sum p^2} keeps parameters small. With plain descent it is weight
 * decay.
 *
 * <p>The penalty is not part of the loss that is reported: that stays the data's loss, comparable between strengths. Its gradient is added before
 * the optimizer, and before the transforms that follow in the list.
 *
 * @param strength at least 0
 * @param parameters the names it applies to, * standing for any text; a pattern that fits none is an error
 */
@Description("Adds the gradient of an L2 penalty; the reported loss stays that of the data.")
@Guide(
        formula = "g <- g + strength * p      of strength / 2 * sum p^2",
        shapes = "Any parameter.",
        use = "Keeps parameters small. With Adam and its like take the weight decay of adamw, which shrinks all parameters alike.",
        source = "Ridge regression, Hoerl and Kennard (1970).")
public record L2Penalty(
        @Description("How much the penalty counts.") @Min(0) double strength,
        @Description("Names of the parameters it applies to; * stands for any text, as in *.weight.") @Default("*") String parameters)
        implements GradientTransform {

    @Override
    public Map<String, Tensor> apply(Map<String, Tensor> gradients, Map<String, Tensor> parameters, Step step) {
        return Penalty.add("l2", this.parameters, gradients, parameters, p -> p.mul(strength));
    }
}
