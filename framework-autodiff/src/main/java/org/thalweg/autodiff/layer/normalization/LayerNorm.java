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
import org.thalweg.autodiff.layer.Ones;
import org.thalweg.autodiff.layer.Zeros;

/**
 * Layer normalisation (Ba et al., 2016): {@code (x - mean) / sqrt(variance + epsilon) * weight + bias} with the moments over the last axes; the shape stays. Parameters
 * {@code weight} and {@code bias} in the shape of those axes.
 *
 * @param axes how many, from the last
 * @param epsilon keeps the divisor from 0
 * @param affine whether there are weight and bias
 */
@Description("Each row to mean 0 and variance 1 over the last axes.")
public record LayerNorm(
        @Description("How many of the last axes are normalised together.") @Default("1") @Min(1) int axes,
        @Description("Added to the variance.") @Default("1e-5") @Min(0) double epsilon,
        @Description("Whether to scale and shift by learned numbers afterwards.") @Default("true") boolean affine)
        implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Shape shape = input.shape();
        if (shape.rank() <= axes) {
            throw new ShapeException("layer-norm at '" + context.path() + "': the input must have rows and " + axes
                    + " axes or more, but has the shape " + shape);
        }
        int first = shape.rank() - axes;
        Tensor output = Standardized.over(input, epsilon, IntStream.range(first, shape.rank()).toArray());
        if (!affine) {
            return output;
        }
        Shape last = shape.sub(first, shape.rank());
        return output.mul(context.parameter("weight", last, new Ones())).add(context.parameter("bias", last, new Zeros()));
    }
}
