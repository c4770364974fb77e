package org.thalweg.autodiff.layer.spatial;

import java.util.ArrayList;
import java.util.List;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;

/**
 * Where in its own channel each element of [n, c, s...] is taken from: a place along each spatial axis, whole numbers that may differ from row to row.
 *
 * @param axes of the input
 * @param along INT32, one a spatial axis, each broadcasts to the shape of the input
 */
record Places(Axes axes, List<Tensor> along) {

    /** Every element at its own place. */
    static Places own(Axes axes) {
        List<Tensor> along = new ArrayList<>();
        for (int axis = 0; axis < axes.count(); axis++) {
            Shape shape = single(axes.input().shape()).with(axis + 2, axes.spatial().extent(axis));
            along.add(axes.input().range(axes.spatial().extent(axis)).reshape(shape));
        }
        return new Places(axes, along);
    }

    /** A shape with one number for each row. */
    static Shape perRow(Axes axes) {
        return single(axes.input().shape()).with(0, axes.input().shape().extent(0));
    }

    private static Shape single(Shape shape) {
        Shape ones = shape;
        for (int axis = 0; axis < shape.rank(); axis++) {
            ones = ones.with(axis, 1);
        }
        return ones;
    }

    /** The elements from there; 0 where that is outside. */
    Tensor taken() {
        Tensor input = axes.input();
        Shape shape = input.shape();
        Tensor index = input.range(shape.extent(0) * shape.extent(1)).reshape(
                single(shape).with(0, shape.extent(0)).with(1, shape.extent(1)));
        Tensor inside = null;
        for (int axis = 0; axis < axes.count(); axis++) {
            int extent = axes.spatial().extent(axis);
            Tensor place = along.get(axis);
            Tensor within = place.greaterOrEqual(0).and(place.less(extent));
            inside = inside == null ? within : inside.and(within);
            index = index.mul(extent).add(within.where(place, place.constant(0)));
        }
        Tensor taken = input.reshape(Shape.of((int) shape.size())).gather(index.broadcastTo(shape));
        return inside.where(taken, input.constant(0));
    }

    /** INT32 numbers from 0 up to, but without, {@code count}, as likely as each other. */
    static Tensor drawn(Tensor uniform, int count) {
        return uniform.mul(count).floor().min(count - 1).cast(DType.INT32);
    }
}
