package org.thalweg.loss;

import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;

/**
 * Chebyshev distance of the rows: {@code max |x - t|} over the last axis. Input x and target t have the same shape [..., D]; one element for each
 * vector, in units of the target, and the mean is over the vectors. Where x = t the gradient is 0.
 *
 * @param reduction how the elements become one number
 */
@Description("Chebyshev distance between vectors: max |x - t| over the last axis. Input and target have the same shape [..., D]. "
        + "Only the worst coordinate counts; equal ones share the gradient.")
public record Chebyshev(
        @Description("How the elements become one number.") @Default("mean") Reduction reduction) implements Loss {

    @Override
    public Elements elements(LossInputs inputs) {
        return Elements.of(Norm.of(VectorDifference.of(inputs), Double.POSITIVE_INFINITY));
    }
}
