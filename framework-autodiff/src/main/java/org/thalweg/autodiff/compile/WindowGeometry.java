package org.thalweg.autodiff.compile;

import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Window;

/**
 * A window over planes of three spatial axes; fewer axes are completed by axes of extent 1 before them.
 *
 * @param extents of a plane
 * @param counts of the positions
 * @param sizes of the window
 * @param strides from one position to the next
 * @param paddings at both ends
 * @param dilations from one element of the window to the next
 */
record WindowGeometry(int[] extents, int[] counts, int[] sizes, int[] strides, int[] paddings, int[] dilations) {
    static final int AXES = 3;

    /** Over [n, c, spatial...]. */
    static WindowGeometry of(Window window, Shape whole) {
        int[] extents = {1, 1, 1};
        int[] counts = {1, 1, 1};
        int[] sizes = {1, 1, 1};
        int[] strides = {1, 1, 1};
        int[] paddings = {0, 0, 0};
        int[] dilations = {1, 1, 1};
        for (int axis = 0; axis < window.axes(); axis++) {
            int at = axis + AXES - window.axes();
            extents[at] = whole.extent(2 + axis);
            counts[at] = window.positions(axis, extents[at]);
            sizes[at] = window.size().get(axis);
            strides[at] = window.stride().get(axis);
            paddings[at] = window.padding().get(axis);
            dilations[at] = window.dilation().get(axis);
        }
        return new WindowGeometry(extents, counts, sizes, strides, paddings, dilations);
    }

    /** Whether the window is two by two elements, side by side, and never looks beyond the ends. */
    boolean isPairs() {
        return sizes[0] == 1 && sizes[1] == 2 && sizes[2] == 2 && dilations[1] == 1 && dilations[2] == 1 && paddings[0] == 0 && paddings[1] == 0 && paddings[2] == 0
                && extents[0] == 1;
    }

    int extent(int axis) {
        return extents[axis];
    }

    int positions(int axis) {
        return counts[axis];
    }

    int dilation(int axis) {
        return dilations[axis];
    }

    /** The elements of a plane. */
    int elements() {
        return extents[0] * extents[1] * extents[2];
    }

    /** The positions of the window in a plane. */
    int positions() {
        return counts[0] * counts[1] * counts[2];
    }

    /** The elements of the window. */
    int size() {
        return sizes[0] * sizes[1] * sizes[2];
    }

    /** The first element inside the axis that a position sees. */
    int first(int axis, int position) {
        int start = position * strides[axis] - paddings[axis];
        return start >= 0 ? start : start + (-start + dilations[axis] - 1) / dilations[axis] * dilations[axis];
    }

    /** Where to stop. */
    int end(int axis, int position) {
        return Math.min(extents[axis], position * strides[axis] - paddings[axis] + dilations[axis] * (sizes[axis] - 1) + 1);
    }
}
