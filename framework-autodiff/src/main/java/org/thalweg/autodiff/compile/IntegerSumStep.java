package org.thalweg.autodiff.compile;

import java.util.Arrays;
import org.thalweg.api.tensor.Shape;
import org.thalweg.autodiff.graph.Expression;

/** A sum of integers over axes; rare, so one plain loop does. */
final class IntegerSumStep implements Step {
    private final int source;
    private final int target;
    private final int size;
    private final int sums;
    private final int[] extents;
    private final int[] strides;

    IntegerSumStep(Expression node, int source, int target) {
        Shape shape = node.input(0).shape();
        this.source = source;
        this.target = target;
        this.size = (int) shape.size();
        this.sums = (int) node.shape().size();
        this.extents = shape.toArray();
        this.strides = new int[extents.length];
        int stride = 1;
        for (int axis = extents.length - 1; axis >= 0; axis--) {
            strides[axis] = node.shape().extent(axis) == 1 ? 0 : stride;
            stride *= node.shape().extent(axis);
        }
    }

    @Override
    public void run(Memory memory) {
        int[] x = (int[]) memory.buffers[source];
        int[] y = (int[]) memory.buffers[target];
        Arrays.fill(y, 0, sums, 0);
        for (int i = 0; i < size; i++) {
            int rest = i;
            int at = 0;
            for (int axis = extents.length - 1; axis >= 0; axis--) {
                at += rest % extents[axis] * strides[axis];
                rest /= extents[axis];
            }
            y[at] += x[i];
        }
    }

    @Override
    public int[] reads() {
        return new int[] {source};
    }

    @Override
    public int[] writes() {
        return new int[] {target};
    }
}
