package org.thalweg.autodiff.layer;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.LessThan;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Tensor;

/**
 * Dropout (Srivastava et al., 2014), inverted: in training each element is 0 with the probability {@code rate} and else divided by
 * {@code 1 - rate}, so that its expectation stays; otherwise the input itself.
 *
 * @param rate probability of 0, in [0, 1)
 */
@Description("In training, sets elements to 0 at random and scales up the others.")
public record Dropout(
        @Description("Probability with which an element becomes 0.") @Default("0.5") @Min(0) @LessThan(1) double rate)
        implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        if (!context.training() || rate == 0) {
            return input;
        }
        Tensor kept = context.uniform(input.shape()).greaterOrEqual(rate);
        return kept.where(input.div(1 - rate), input.constant(0));
    }
}
