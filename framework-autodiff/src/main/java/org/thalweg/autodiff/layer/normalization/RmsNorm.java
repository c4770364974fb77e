package org.thalweg.autodiff.layer.normalization;

import java.util.Optional;
import java.util.stream.IntStream;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.layer.Ones;

/**
 * Root-mean-square normalisation (Zhang and Sennrich, 2019): {@code x / sqrt(mean of x^2 + epsilon) * weight} over the last axes; the shape stays. The parameter
 * {@code weight} has the shape of those axes.
 *
 * @param axes how many, from the last
 * @param epsilon keeps the divisor from 0; if absent, the distance from 1 to the next number of the model's type, as in PyTorch
 * @param affine whether there is a weight
 */
@Description("Each row divided by the root of its mean square over the last axes.")
public record RmsNorm(
        @Description("How many of the last axes are normalised together.") @Default("1") @Min(1) int axes,
        @Description("Added to the mean square; if absent, the rounding unit of the type.") @Min(0) Optional<Double> epsilon,
        @Description("Whether to scale by learned numbers afterwards.") @Default("true") boolean affine)
        implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Shape shape = input.shape();
        if (shape.rank() <= axes) {
            throw new ShapeException("rms-norm at '" + context.path() + "': the input must have rows and " + axes
                    + " axes or more, but has the shape " + shape);
        }
        int first = shape.rank() - axes;
        double added = epsilon.orElse(input.dtype() == DType.FLOAT32 ? Math.ulp(1f) : Math.ulp(1.0));
        Tensor meanSquare = input.square().meanKeepingAxes(IntStream.range(first, shape.rank()).toArray());
        Tensor output = input.div(meanSquare.add(added).sqrt());
        return affine ? output.mul(context.parameter("weight", shape.sub(first, shape.rank()), new Ones())) : output;
    }
}
