package org.thalweg.autodiff.layer.spatial;

import java.util.List;
import java.util.Optional;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.api.tensor.Window;

/**
 * The mean of a window, from [n, c, s...] to [n, c, p...] with {@code p = floor((s + 2 padding - size) / stride) + 1}.
 *
 * @param size of the window; one number, or one a spatial axis
 * @param stride from one position of the window to the next; if absent, the size
 * @param padding zeros added at both ends of each spatial axis; at most half the size
 * @param countPadding whether the zeros outside count in the mean
 */
@Description("The mean of each window.")
public record AveragePool(
        @Description("Extents of the window; one number for all spatial axes, or one for each.") @Min(1) List<Integer> size,
        @Description("Steps of the window; one number, or one for each axis; if absent, the size.") @Min(1) Optional<List<Integer>> stride,
        @Description("Zeros added at both ends; one number, or one for each axis.") @Default("[0]") @Min(0) List<Integer> padding,
        @Description("Whether the zeros outside count in the mean.") @Default("true") boolean countPadding)
        implements Layer {

    /** Windows side by side. */
    public static AveragePool of(int size) {
        return new AveragePool(List.of(size), Optional.empty(), List.of(0), true);
    }

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Axes axes = Axes.numbered("avg-pool", context, input);
        Window window = window(axes, size, stride, padding, List.of(1));
        Sliding sliding = Sliding.over(axes, window, 0);
        Tensor mean = countPadding ? sliding.seen().mean(1) : sliding.seen().sum(1).div(inside(axes, window));
        return sliding.output(mean, input.shape().extent(1));
    }

    /** How many elements of the input each window holds, as [1, n * positions]. */
    private static Tensor inside(Axes axes, Window window) {
        Tensor one = axes.input().onesLike().slice(1, 0, 1);
        return Sliding.over(new Axes(axes.place(), one, axes.spatial()), window, 0).seen().sum(1);
    }

    static Window window(Axes axes, List<Integer> size, Optional<List<Integer>> stride, List<Integer> padding, List<Integer> dilation) {
        List<Integer> sizes = axes.each("size", size);
        List<Integer> paddings = axes.each("padding", padding);
        for (int axis = 0; axis < axes.count(); axis++) {
            if (paddings.get(axis) > sizes.get(axis) / 2) {
                throw axes.mistake("the padding must be at most half the size, but they are " + paddings + " and " + sizes);
            }
        }
        return new Window(sizes, axes.each("stride", stride.orElse(sizes)), paddings, axes.each("dilation", dilation));
    }
}
