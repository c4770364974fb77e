package org.thalweg.autodiff.layer;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/**
 * A rectifier with a learned slope (He et al., 2015): {@code x} where x is above 0, {@code weight * x} elsewhere. The parameter {@code weight} is [1], or [channels] for an input
 * [n, channels, ...].
 *
 * @param perChannel whether each channel has a slope of its own
 * @param initialSlope the first value of the slopes
 */
@Description("x above 0, a learned multiple of x below.")
public record Prelu(
        @Description("Whether each channel, along axis 1, has a slope of its own.") @Default("false") boolean perChannel,
        @Description("First value of the slope.") @Default("0.25") double initialSlope)
        implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Shape shape = input.shape();
        if (perChannel && shape.rank() < 2) {
            throw new ShapeException("prelu at '" + context.path() + "': the input must be [rows, channels, ...], but has the shape " + shape);
        }
        int slopes = perChannel ? shape.extent(1) : 1;
        Shape along = Shape.of(slopes);
        for (int axis = 2; perChannel && axis < shape.rank(); axis++) {
            along = along.append(1);
        }
        Tensor weight = context.parameter("weight", Shape.of(slopes), new Constant(initialSlope)).reshape(along);
        return input.greater(0).where(input, input.mul(weight));
    }
}
