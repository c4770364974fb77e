package org.thalweg.autodiff.layer;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.LessThan;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/**
 * Dropout of whole channels of [n, c, ...] (Tompson et al., 2015): in training each channel of each row is 0 with the probability {@code rate} and
 * else divided by {@code 1 - rate}; otherwise the input itself.
 *
 * @param rate probability of 0, in [0, 1)
 */
@Description("In training, sets whole channels to 0 at random and scales up the others.")
public record SpatialDropout(
        @Description("Probability with which a channel becomes 0.") @Default("0.5") @Min(0) @LessThan(1) double rate)
        implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Shape shape = input.shape();
        if (shape.rank() < 2) {
            throw new ShapeException(
                    "spatial-dropout at '" + context.path() + "': the input must be [rows, channels, ...], but has the shape " + shape);
        }
        if (!context.training() || rate == 0) {
            return input;
        }
        Shape channels = shape;
        for (int axis = 2; axis < shape.rank(); axis++) {
            channels = channels.with(axis, 1);
        }
        return context.uniform(channels).greaterOrEqual(rate).where(input.div(1 - rate), input.constant(0));
    }
}
