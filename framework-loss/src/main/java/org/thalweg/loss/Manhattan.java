package org.thalweg.loss;

import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;

/**
 * Manhattan distance of the rows: {@code sum |x - t|} over the last axis. Input x and target t have the same shape [..., D]; one element for each
 * vector, in units of the target, and the mean is over the vectors. Where x = t the gradient is 0.
 *
 * @param reduction how the elements become one number
 */
@Description("Manhattan distance between vectors.")
@Guide(
        formula = "sum |x - t|",
        shapes = "Input and target are [..., D]; one element for each vector.",
        use = "Where every coordinate counts alike, however far off.",
        source = "Minkowski (1896), p = 1.")
public record Manhattan(
        @Description("How the elements become one number.") @Default("mean") Reduction reduction) implements Loss {

    @Override
    public Elements elements(LossInputs inputs) {
        return Elements.of(Norm.of(VectorDifference.of(inputs), 1));
    }
}
