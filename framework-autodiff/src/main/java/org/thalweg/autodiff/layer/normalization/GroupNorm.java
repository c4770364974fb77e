package org.thalweg.autodiff.layer.normalization;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/**
 * Group normalisation (Wu and He, 2018): {@code (x - mean) / sqrt(variance + epsilon) * weight + bias} of [n, c, ...], with the moments of each row over the channels of a group
 * and all further axes; the shape stays. Parameters {@code weight} and {@code bias} [c].
 *
 * @param groups into which the channels fall
 * @param epsilon keeps the divisor from 0
 * @param affine whether there are weight and bias
 */
@Description("Each row's groups of channels to mean 0 and variance 1.")
public record GroupNorm(
        @Description("Number of groups; the channels are a multiple of it.") @Min(1) int groups,
        @Description("Added to the variance.") @Default("1e-5") @Min(0) double epsilon,
        @Description("Whether to scale and shift by learned numbers afterwards.") @Default("true") boolean affine)
        implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Shape shape = input.shape();
        if (shape.rank() < 2 || shape.extent(1) % groups != 0) {
            throw new ShapeException("group-norm at '" + context.path() + "': the input must be [rows, channels, ...] with channels that divide into "
                    + groups + " groups, but has the shape " + shape);
        }
        int together = (int) (shape.without(0).size() / groups);
        Tensor grouped = input.reshape(Shape.of(shape.extent(0), groups, together));
        return Standardized.scaledByChannel(context, Standardized.over(grouped, epsilon, 2).reshape(shape), affine);
    }
}
