package org.thalweg.autodiff.layer.spatial;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.api.tensor.Window;

/**
 * The window of a pooling layer. Where the last one may hang over the far end, elements are added there, so that whole windows fit.
 *
 * @param axes with those elements
 * @param window what slides
 * @param extents of the spatial axes without them
 */
record PoolWindow(Axes axes, Window window, List<Integer> extents) {

    static PoolWindow of(
            Axes axes, List<Integer> size, Optional<List<Integer>> stride, List<Integer> padding, List<Integer> dilation, boolean ceil, double outside) {
        List<Integer> sizes = axes.each("size", size);
        List<Integer> paddings = axes.each("padding", padding);
        for (int axis = 0; axis < axes.count(); axis++) {
            if (paddings.get(axis) > sizes.get(axis) / 2) {
                throw axes.mistake("the padding must be at most half the size, but they are " + paddings + " and " + sizes);
            }
        }
        Window window = new Window(sizes, axes.each("stride", stride.orElse(sizes)), paddings, axes.each("dilation", dilation));
        List<Integer> extents = new ArrayList<>();
        Tensor x = axes.input();
        for (int axis = 0; axis < axes.count(); axis++) {
            int extent = axes.spatial().extent(axis);
            extents.add(extent);
            x = Pad.filled(x, axis + 2, 0, ceil ? hanging(window, axis, extent) : 0, outside);
        }
        return new PoolWindow(new Axes(axes.place(), x, x.shape().sub(2, x.shape().rank())), window, extents);
    }

    /** How far the last window hangs over, as in PyTorch: it must start within the input or the padding before it. */
    private static int hanging(Window window, int axis, int extent) {
        int reach = window.dilation().get(axis) * (window.size().get(axis) - 1) + 1;
        int stride = window.stride().get(axis);
        int padding = window.padding().get(axis);
        int last = Math.ceilDiv(extent + 2 * padding - reach, stride) * stride;
        if (last >= extent + padding) {
            last -= stride;
        }
        return Math.max(0, last + reach - extent - 2 * padding);
    }

    /**
     * How many elements each window counts, for all positions.
     *
     * @param withPadding whether those of the padding count; what a window hangs over beyond it never does
     */
    double[] counts(boolean withPadding) {
        double[] counts = {1};
        for (int axis = 0; axis < axes.count(); axis++) {
            int margin = withPadding ? window.padding().get(axis) : 0;
            int positions = window.positions(axis, axes.spatial().extent(axis));
            double[] more = new double[counts.length * positions];
            for (int position = 0; position < positions; position++) {
                int from = position * window.stride().get(axis) - window.padding().get(axis);
                int to = Math.min(from + window.size().get(axis), extents.get(axis) + margin);
                int count = to - Math.max(from, -margin);
                for (int i = 0; i < counts.length; i++) {
                    more[i * positions + position] = counts[i] * count;
                }
            }
            counts = more;
        }
        return counts;
    }
}
