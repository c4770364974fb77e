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
 * Batch normalisation (Ioffe and Szegedy, 2015): {@code (x - mean) / sqrt(variance + epsilon) * weight + bias} for each channel of [n, c, ...]; the shape stays.
 * In training the moments are those of the batch, and the running ones go along by {@code running <- (1 - momentum) running + momentum batch}, with
 * the variance of the batch divided by its number less one; otherwise the running ones count. Parameters {@code weight} and {@code bias}
 * [c], state {@code running_mean} and {@code running_var} [c].
 *
 * @param epsilon keeps the divisor from 0
 * @param momentum the share of the batch in the running moments
 * @param affine whether there are weight and bias
 * @param running whether there are running moments; if not, those of the batch count always
 * @param cumulative whether batch i has the share {@code 1 / i} in the running moments instead of the momentum; its number is the state {@code num_batches_tracked} []
 */
@Description("Each channel to mean 0 and variance 1 over the batch; running moments outside training.")
public record BatchNorm(
        @Description("Added to the variance.") @Default("1e-5") @Min(0) double epsilon,
        @Description("Share of each batch in the running moments.") @Default("0.1") @Min(0) @Max(1) double momentum,
        @Description("Whether to scale and shift by learned numbers afterwards.") @Default("true") boolean affine,
        @Description("Whether to keep running moments; if not, those of the batch count outside training too.") @Default("true") boolean running,
        @Description("Whether the running moments are the mean over all batches instead of following them by the momentum.") @Default("false")
                boolean cumulative)
        implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Shape shape = input.shape();
        if (shape.rank() < 2) {
            throw mistake(context, "the input must be [rows, channels, ...], but has the shape " + shape);
        }
        Shape channels = Shape.of(shape.extent(1));
        Shape along = Standardized.alongChannels(shape);
        if (running && !context.training()) {
            Tensor mean = context.state("running_mean", channels, 0).reshape(along);
            Tensor scale = context.state("running_var", channels, 1).add(epsilon).sqrt().reshape(along);
            if (cumulative) {
                context.state("num_batches_tracked", Shape.scalar(), 0);
            }
            return Standardized.scaledByChannel(context, input.sub(mean).div(scale), affine);
        }
        long count = shape.size() / Math.max(1, shape.extent(1));
        if (context.training() && count < 2) {
            throw mistake(context, "in training each channel needs two values or more, but the input is " + shape);
        }
        int[] axes = IntStream.range(0, shape.rank()).filter(axis -> axis != 1).toArray();
        Tensor mean = input.meanKeepingAxes(axes);
        Tensor centered = input.sub(mean);
        Tensor variance = centered.square().meanKeepingAxes(axes);
        if (running) {
            follow(context, mean.reshape(channels), variance.reshape(channels).mul(count / (count - 1.0)));
        }
        return Standardized.scaledByChannel(context, centered.div(variance.add(epsilon).sqrt()), affine);
    }

    private void follow(LayerContext context, Tensor mean, Tensor variance) {
        Tensor share = mean.constant(momentum);
        if (cumulative) {
            Tensor batches = context.state("num_batches_tracked", Shape.scalar(), 0);
            context.update(batches, batches.add(1));
            share = batches.add(1).reciprocal();
        }
        Standardized.follow(context, "running_mean", 0, mean, share);
        Standardized.follow(context, "running_var", 1, variance, share);
    }

    private static ShapeException mistake(LayerContext context, String what) {
        return new ShapeException("batch-norm at '" + context.path() + "': " + what);
    }
}
