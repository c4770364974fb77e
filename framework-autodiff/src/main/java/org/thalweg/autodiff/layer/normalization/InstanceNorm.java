package org.thalweg.autodiff.layer.normalization;

import java.util.stream.IntStream;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Max;
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
 * @param running whether running moments, the means over the rows, are kept as the state {@code running_mean} and {@code running_var} [c], and count outside training
 * @param momentum the share of the batch in the running moments
 */
@Description("Each channel of each row to mean 0 and variance 1.")
public record InstanceNorm(
        @Description("Added to the variance.") @Default("1e-5") @Min(0) double epsilon,
        @Description("Whether to scale and shift by learned numbers afterwards.") @Default("false") boolean affine,
        @Description("Whether to keep running moments for use outside training.") @Default("false") boolean running,
        @Description("Share of each batch in the running moments.") @Default("0.1") @Min(0) @Max(1) double momentum)
        implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Shape shape = input.shape();
        if (shape.rank() < 3) {
            throw new ShapeException(
                    "instance-norm at '" + context.path() + "': the input must be [rows, channels, spatial axes...], but has the shape " + shape);
        }
        int[] spatial = IntStream.range(2, shape.rank()).toArray();
        if (!running) {
            return Standardized.scaledByChannel(context, Standardized.over(input, epsilon, spatial), affine);
        }
        Shape channels = Shape.of(shape.extent(1));
        if (!context.training()) {
            Shape along = Standardized.alongChannels(shape);
            Tensor mean = context.state("running_mean", channels, 0).reshape(along);
            Tensor scale = context.state("running_var", channels, 1).add(epsilon).sqrt().reshape(along);
            return Standardized.scaledByChannel(context, input.sub(mean).div(scale), affine);
        }
        long count = shape.sub(2, shape.rank()).size();
        Tensor mean = input.meanKeepingAxes(spatial);
        Tensor variance = input.sub(mean).square().meanKeepingAxes(spatial);
        Tensor share = input.constant(momentum);
        Standardized.follow(context, "running_mean", 0, mean.mean(0).reshape(channels), share);
        Standardized.follow(context, "running_var", 1, variance.mean(0).reshape(channels).mul(count / (count - 1.0)), share);
        return Standardized.scaledByChannel(context, input.sub(mean).div(variance.add(epsilon).sqrt()), affine);
    }
}
