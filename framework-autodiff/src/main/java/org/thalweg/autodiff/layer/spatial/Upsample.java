package org.thalweg.autodiff.layer.spatial;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.settings.Positive;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;

/**
 * Other extents for the spatial axes, from [n, c, s...] to [n, c, floor(scale * s)...] or [n, c, size...]: each element repeated, or straight lines or cubic curves (Keys, 1981,
 * with a = -3/4) between the middles of the elements (bilinear and bicubic for two axes), flat beyond the first and the last, as in PyTorch.
 *
 * @param scale the factor; one number, or one a spatial axis
 * @param mode what stands between the elements
 * @param size the output's spatial extents in place of a factor; one number, or one a spatial axis
 * @param alignCorners whether the middles of the first and last elements stay where they are, instead of their outer edges; not for nearest
 */
@Description("Enlarges or shrinks the spatial axes.")
public record Upsample(
        @Description("The factor; one number for all spatial axes, or one for each.") @Default("[2]") @Positive List<Double> scale,
        @Description("nearest repeats each element, linear draws lines between them, cubic draws curves.") @Default("nearest") Mode mode,
        @Description("Extents of the output instead of a factor; one number for all spatial axes, or one for each.") @Min(1) Optional<List<Integer>> size,
        @Description("Whether the middles of the corners stay where they are, not their edges; not for nearest.") @Default("false") boolean alignCorners)
        implements Layer {

    /** What stands between the elements. */
    public enum Mode {
        /** The nearest element. */
        NEAREST,
        /** The element whose middle is nearest. */
        NEAREST_EXACT,
        /** A straight line. */
        LINEAR,
        /** A curve through four elements. */
        CUBIC
    }

    /** By one factor. */
    public static Upsample of(double scale, Mode mode) {
        return new Upsample(List.of(scale), mode, Optional.empty(), false);
    }

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Axes axes = Axes.of("upsample", context, input, 3);
        Tensor output = input;
        for (int axis = 0; axis < axes.count(); axis++) {
            int extent = axes.spatial().extent(axis);
            if (size.isPresent()) {
                int wanted = axes.each("size", size.get()).get(axis);
                output = resized(output, axis + 2, wanted, (double) extent / wanted);
            } else {
                double factor = axes.each("scale", scale).get(axis);
                output = resized(output, axis + 2, (int) (extent * factor), 1 / factor);
            }
        }
        return output;
    }

    private Tensor resized(Tensor x, int axis, int wanted, double step) {
        int extent = x.shape().extent(axis);
        if (mode == Mode.NEAREST && wanted % extent == 0 && step == (double) extent / wanted) {
            return repeated(x, axis, wanted / extent);
        }
        int[] order = IntStream.range(0, x.shape().rank()).toArray();
        order[axis] = order.length - 1;
        order[order.length - 1] = axis;
        return x.permute(order).matmul(x.constants(weights(extent, wanted, step)).reshape(extent, wanted)).permute(order);
    }

    private static Tensor repeated(Tensor x, int axis, int factor) {
        Shape shape = x.shape();
        Shape before = shape.sub(0, axis + 1);
        Shape after = shape.sub(axis + 1, shape.rank());
        return x.reshape(Axes.join(before.append(1), after))
                .broadcastTo(Axes.join(before.append(factor), after))
                .reshape(shape.with(axis, shape.extent(axis) * factor));
    }

    /** By how much each element counts for each new one, [extent, wanted]. */
    private double[] weights(int extent, int wanted, double step) {
        double[] weights = new double[extent * wanted];
        for (int to = 0; to < wanted; to++) {
            double place = alignCorners ? to * (wanted == 1 ? 0 : (extent - 1.0) / (wanted - 1)) : (to + 0.5) * step - 0.5;
            switch (mode) {
                case NEAREST -> add(weights, (int) (to * step), to, 1, extent, wanted);
                case NEAREST_EXACT -> add(weights, (int) ((to + 0.5) * step), to, 1, extent, wanted);
                case LINEAR -> {
                    double from = Math.max(0, place);
                    int low = (int) from;
                    add(weights, low, to, 1 - (from - low), extent, wanted);
                    add(weights, low + 1, to, from - low, extent, wanted);
                }
                case CUBIC -> {
                    int low = (int) Math.floor(place);
                    for (int i = -1; i <= 2; i++) {
                        add(weights, low + i, to, cubic(Math.abs(place - low - i)), extent, wanted);
                    }
                }
            }
        }
        return weights;
    }

    /** Beyond an end the last element counts. */
    private static void add(double[] weights, int from, int to, double weight, int extent, int wanted) {
        weights[Math.clamp(from, 0, extent - 1) * wanted + to] += weight;
    }

    private static double cubic(double distance) {
        double a = -0.75;
        return distance <= 1
                ? ((a + 2) * distance - (a + 3)) * distance * distance + 1
                : ((a * distance - 5 * a) * distance + 8 * a) * distance - 4 * a;
    }
}
