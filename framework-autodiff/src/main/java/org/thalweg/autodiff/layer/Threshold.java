package org.thalweg.autodiff.layer;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Tensor;

/**
 * x where it is above a threshold, and one number elsewhere.
 *
 * @param threshold what x must be above
 * @param value the number elsewhere
 */
@Description("x above a threshold, one number elsewhere.")
public record Threshold(
        @Description("What x must be above.") double threshold,
        @Description("The number elsewhere.") double value)
        implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        return input.greater(threshold).where(input, input.constant(value));
    }
}
