package org.thalweg.autodiff.layer.normalization;

import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.layer.Ones;
import org.thalweg.autodiff.layer.Zeros;

/** What the normalising layers have in common. */
final class Standardized {
    private Standardized() {}

    /** {@code (x - mean) / sqrt(variance + epsilon)} with the moments over the axes; the variance is divided by the number of elements. */
    static Tensor over(Tensor x, double epsilon, int... axes) {
        Tensor centered = x.sub(x.meanKeepingAxes(axes));
        return centered.div(centered.square().meanKeepingAxes(axes).add(epsilon).sqrt());
    }

    /** {@code x weight + bias} with a number for each channel, which is axis 1. */
    static Tensor scaledByChannel(LayerContext context, Tensor x, boolean affine) {
        if (!affine) {
            return x;
        }
        Shape channels = Shape.of(x.shape().extent(1));
        Shape along = alongChannels(x.shape());
        return x.mul(context.parameter("weight", channels, new Ones()).reshape(along))
                .add(context.parameter("bias", channels, new Zeros()).reshape(along));
    }

    /** {@code running <- (1 - share) running + share batch}. */
    static void follow(LayerContext context, String name, double initial, Tensor batch, Tensor share) {
        Tensor running = context.state(name, batch.shape(), initial);
        context.update(running, running.mul(share.constant(1).sub(share)).add(batch.stopGradient().mul(share)));
    }

    /** [channels, 1, 1 ...], which broadcasts to [n, channels, ...]. */
    static Shape alongChannels(Shape shape) {
        Shape along = Shape.of(shape.extent(1));
        for (int axis = 2; axis < shape.rank(); axis++) {
            along = along.append(1);
        }
        return along;
    }
}
