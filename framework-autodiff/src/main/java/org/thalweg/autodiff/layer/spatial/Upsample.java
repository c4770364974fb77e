package org.thalweg.autodiff.layer.spatial;

import java.util.List;
import java.util.stream.IntStream;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;

/**
 * Enlarges the spatial axes by whole factors, from [n, c, s...] to [n, c, scale * s...]: each element repeated, or straight lines between the middles of the elements
 * (bilinear for two axes), flat beyond the first and the last, as in PyTorch without {@code align_corners}.
 *
 * @param scale the factor; one number, or one a spatial axis
 * @param mode what stands between the elements
 */
@Description("Enlarges the spatial axes by whole factors.")
public record Upsample(
        @Description("The factor; one number for all spatial axes, or one for each.") @Default("[2]") @Min(1) List<Integer> scale,
        @Description("nearest repeats each element, linear draws lines between them.") @Default("nearest") Mode mode)
        implements Layer {

    /** What stands between the elements. */
    public enum Mode {
        /** The nearest element. */
        NEAREST,
        /** A straight line. */
        LINEAR
    }

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Axes axes = Axes.of("upsample", context, input, 3);
        List<Integer> factors = axes.each("scale", scale);
        Tensor output = input;
        for (int axis = 0; axis < axes.count(); axis++) {
            int factor = factors.get(axis);
            output = mode == Mode.NEAREST ? repeated(output, axis + 2, factor) : interpolated(output, axis + 2, factor);
        }
        return output;
    }

    private static Tensor repeated(Tensor x, int axis, int factor) {
        Shape shape = x.shape();
        Shape before = shape.sub(0, axis + 1);
        Shape after = shape.sub(axis + 1, shape.rank());
        return x.reshape(Axes.join(before.append(1), after))
                .broadcastTo(Axes.join(before.append(factor), after))
                .reshape(shape.with(axis, shape.extent(axis) * factor));
    }

    /** A product with the matrix that holds the weights of the two nearest elements. */
    private static Tensor interpolated(Tensor x, int axis, int factor) {
        int extent = x.shape().extent(axis);
        double[] weights = new double[extent * extent * factor];
        for (int to = 0; to < extent * factor; to++) {
            double from = Math.max(0, (to + 0.5) / factor - 0.5);
            int low = Math.min((int) from, extent - 1);
            int high = Math.min(low + 1, extent - 1);
            weights[low * extent * factor + to] += 1 - (from - low);
            weights[high * extent * factor + to] += from - low;
        }
        int[] order = IntStream.range(0, x.shape().rank()).toArray();
        order[axis] = order.length - 1;
        order[order.length - 1] = axis;
        return x.permute(order).matmul(x.constants(weights).reshape(extent, extent * factor)).permute(order);
    }
}
