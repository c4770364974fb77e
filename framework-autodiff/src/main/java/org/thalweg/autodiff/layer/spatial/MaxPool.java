package org.thalweg.autodiff.layer.spatial;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Tensor;

/**
 * The largest element in a window, from [n, c, s...] to [n, c, p...] with {@code p = floor((s + 2 padding - dilation (size - 1) - 1) / stride) + 1}. The padding
 * never wins. The gradient goes to the first of equals, as in PyTorch.
 *
 * @param size of the window; one number, or one a spatial axis
 * @param stride from one position of the window to the next; if absent, the size
 * @param padding elements added at both ends of each spatial axis; at most half the size
 * @param dilation from one element of the window to the next
 * @param ceil whether a last window may hang over the far end, so that p is rounded up
 */
@Description("The largest element in each window.")
public record MaxPool(
        @Description("Extents of the window; one number for all spatial axes, or one for each.") @Min(1) List<Integer> size,
        @Description("Steps of the window; one number, or one for each axis; if absent, the size.") @Min(1) Optional<List<Integer>> stride,
        @Description("Elements added at both ends; one number, or one for each axis.") @Default("[0]") @Min(0) List<Integer> padding,
        @Description("Distance of the window's elements; one number, or one for each axis.") @Default("[1]") @Min(1) List<Integer> dilation,
        @Description("Whether a last window may hang over the far end.") @Default("false") boolean ceil)
        implements Layer {

    /** Windows side by side. */
    public static MaxPool of(int size) {
        return new MaxPool(List.of(size), Optional.empty(), List.of(0), List.of(1), false);
    }

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        PoolWindow pool = PoolWindow.of(Axes.numbered("max-pool", context, input), size, stride, padding, dilation, ceil, Double.NEGATIVE_INFINITY);
        pool.axes().requireFits(pool.window());
        return pool.axes().input().maxPool(pool.window());
    }

    /** The largest along an axis, which disappears; the gradient goes to the first of equals. */
    static Tensor largest(Tensor x, int axis) {
        int[] alongAxis = new int[x.shape().rank()];
        Arrays.fill(alongAxis, 1);
        alongAxis[axis] = x.shape().extent(axis);
        Tensor first = x.argMax(axis).reshape(x.shape().with(axis, 1));
        return x.range(x.shape().extent(axis)).reshape(alongAxis).equal(first).where(x, x.constant(0)).sum(axis);
    }
}
