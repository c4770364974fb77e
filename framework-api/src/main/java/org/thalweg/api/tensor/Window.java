package org.thalweg.api.tensor;

import java.util.List;
import org.thalweg.api.plugin.Stable;

/**
 * A window that slides over the spatial axes of a batch, for convolution and pooling. One number a spatial axis in each list, outermost first.
 *
 * <p>Along an axis of extent s there are {@code floor((s + 2 padding - dilation (size - 1) - 1) / stride) + 1} positions; element k of the window at
 * position o is element {@code o stride - padding + k dilation} of the axis.
 *
 * @param size elements of the window
 * @param stride from one position to the next
 * @param padding elements added at both ends
 * @param dilation from one element of the window to the next
 */
@Stable
public record Window(List<Integer> size, List<Integer> stride, List<Integer> padding, List<Integer> dilation) {
    /** Checks that the lists are equally long and the numbers possible. */
    public Window {
        size = List.copyOf(size);
        stride = List.copyOf(stride);
        padding = List.copyOf(padding);
        dilation = List.copyOf(dilation);
        int axes = size.size();
        if (axes < 1 || axes > 3 || stride.size() != axes || padding.size() != axes || dilation.size() != axes) {
            throw new ShapeException("a window has 1 to 3 axes, as many in each list: size " + size + ", stride " + stride + ", padding "
                    + padding + ", dilation " + dilation);
        }
        for (int i = 0; i < axes; i++) {
            if (size.get(i) < 1 || stride.get(i) < 1 || padding.get(i) < 0 || dilation.get(i) < 1) {
                throw new ShapeException("a window needs size, stride and dilation of at least 1 and no negative padding: size " + size
                        + ", stride " + stride + ", padding " + padding + ", dilation " + dilation);
            }
        }
    }

    /** The number of spatial axes. */
    public int axes() {
        return size.size();
    }

    /** The number of positions along a spatial axis of the given extent; 0 or less where the window does not fit. */
    public int positions(int axis, int extent) {
        return Math.floorDiv(extent + 2 * padding.get(axis) - dilation.get(axis) * (size.get(axis) - 1) - 1, stride.get(axis)) + 1;
    }
}
