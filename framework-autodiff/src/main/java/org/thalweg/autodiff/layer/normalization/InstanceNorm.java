package org.thalweg.autodiff.layer.normalization;

import java.util.stream.IntStream;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/**
 * Instance normalisation (Ulyanov et al., 2016): {@code (x - mean) / sqrt(variance + epsilon)} of [n, c, s...], with the moments of each row and channel over the spatial axes;
 * the shape stays. If affine, parameters {@code weight} and {@code bias} [c].
 *
 * @param epsilon keeps the divisor from 0
 * @param affine whether there are weight and bias
 */
@Description("Each channel of each row to mean 0 and variance 1.")
public record InstanceNorm(
        @Description("Added to the variance.") @Default("1e-5") @Min(0) double epsilon,
        @Description("Whether to scale and shift by learned numbers afterwards.") @Default("false") boolean affine)
        implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Shape shape = input.shape();
        if (shape.rank() < 3) {
            throw new ShapeException(
                    "instance-norm at '" + context.path() + "': the input must be [rows, channels, spatial axes...], but has the shape " + shape);
        }
        int[] spatial = IntStream.range(2, shape.rank()).toArray();
        return Standardized.scaledByChannel(context, Standardized.over(input, epsilon, spatial), affine);
    }
}
