package org.thalweg.autodiff.layer.spatial;

import java.util.stream.IntStream;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Tensor;

/** What stands beyond the ends of an axis, if not one number. */
public enum Border {
    /** The elements mirrored at the last one, which is not repeated. */
    REFLECT,
    /** The last element again and again. */
    REPLICATE,
    /** The elements from the other end. */
    CIRCULAR;

    /** An axis made longer. */
    Tensor extend(Axes axes, Tensor x, int axis, int before, int after) {
        int extent = x.shape().extent(axis);
        int most = this == REFLECT ? extent - 1 : this == CIRCULAR ? extent : extent == 0 ? 0 : Integer.MAX_VALUE;
        if (Math.max(before, after) > most) {
            throw axes.mistake("an axis of " + extent + " has too few elements for " + Math.max(before, after) + " more at an end: " + axes.input().shape());
        }
        if (before == 0 && after == 0) {
            return x;
        }
        double[] from = IntStream.range(-before, extent + after).mapToDouble(i -> source(i, extent)).toArray();
        int[] order = IntStream.range(0, x.shape().rank()).toArray();
        order[0] = axis;
        order[axis] = 0;
        return x.permute(order).gather(x.constants(from).cast(DType.INT32)).permute(order);
    }

    private int source(int i, int extent) {
        return switch (this) {
            case REFLECT -> i < 0 ? -i : i < extent ? i : 2 * (extent - 1) - i;
            case REPLICATE -> Math.clamp(i, 0, extent - 1);
            case CIRCULAR -> Math.floorMod(i, extent);
        };
    }
}
