package org.thalweg.loss;

import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;

/**
 * Euclidean distance of the rows: {@code sqrt(sum (x - t)^2)} over the last axis. Input x and target t have the same shape [..., D]; one element
 * for each vector, in units of the target, and the mean is over the vectors. Where x = t the gradient is 0.
 *
 * @param reduction how the elements become one number
 */
@Description("Euclidean distance between vectors.")
@Guide(
        formula = "sqrt(sum (x - t)^2)",
        shapes = "Input and target are [..., D]; one element for each vector.",
        use = "For points and vectors; unlike with mse, a row twice as far off costs twice as much.",
        source = "Minkowski (1896), p = 2.")
public record Euclidean(
        @Description("How the elements become one number.") @Default("mean") Reduction reduction) implements Loss {

    @Override
    public Elements elements(LossInputs inputs) {
        return Elements.of(Norm.of(VectorDifference.of(inputs), 2));
    }
}
