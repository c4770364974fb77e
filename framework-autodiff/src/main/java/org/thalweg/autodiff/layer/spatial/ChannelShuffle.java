package org.thalweg.autodiff.layer.spatial;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/**
 * The channels of several groups one by one in turn (Zhang et al., 2018), so that a grouped convolution sees all of them next; the shape [n, c, ...] stays.
 *
 * @param groups into which the channels fall
 */
@Description("Deals the channels of several groups out in turn.")
public record ChannelShuffle(@Description("Number of groups; the channels are a multiple of it.") @Min(1) int groups) implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Shape shape = input.shape();
        if (shape.rank() < 2 || shape.extent(1) % groups != 0) {
            throw new ShapeException("channel-shuffle at '" + context.path() + "': the input must be [rows, channels, ...] with channels that divide into "
                    + groups + " groups, but has the shape " + shape);
        }
        int rest = (int) shape.sub(2, shape.rank()).size();
        return input.reshape(Shape.of(shape.extent(0), groups, shape.extent(1) / groups, rest)).permute(0, 2, 1, 3).reshape(shape);
    }
}
