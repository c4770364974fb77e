package org.thalweg.loss;

import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.Min;

/**
 * Minkowski distance of the rows: {@code (sum |x - t|^p)^(1/p)} over the last axis. Input x and target t have the same shape [..., D]; one element
 * for each vector, in units of the target, and the mean is over the vectors. Where x = t the gradient is 0.
 *
 * @param p the power, at least 1; infinity for the largest difference
 * @param reduction how the elements become one number
 */
@Description("Minkowski distance between vectors.")
@Guide(
        formula = "(sum |x - t|^p)^(1/p)",
        shapes = "Input and target are [..., D]; one element for each vector.",
        use = "Between manhattan (p = 1), euclidean (p = 2) and chebyshev (p = infinity): the larger p, the more the worst "
                + "coordinate counts.",
        source = "Minkowski (1896).")
public record Minkowski(
        @Description("The power, at least 1.") @Default("2") @Min(1) double p,
        @Description("How the elements become one number.") @Default("mean") Reduction reduction)
        implements Loss {

    @Override
    public Elements elements(LossInputs inputs) {
        return Elements.of(Norm.of(VectorDifference.of(inputs), p));
    }
}
