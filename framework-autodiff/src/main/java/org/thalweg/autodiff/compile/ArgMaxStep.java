package org.thalweg.autodiff.compile;

import org.thalweg.api.tensor.Shape;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Op;

/** Where the first largest element along an axis is; NaN counts as largest. */
final class ArgMaxStep implements Step {
    private final int source;
    private final int target;
    private final int outer;
    private final int extent;
    private final int inner;

    ArgMaxStep(Expression node, int source, int target) {
        int axis = ((Op.ArgMax) node.op()).axis();
        Shape shape = node.input(0).shape();
        this.source = source;
        this.target = target;
        this.outer = (int) shape.sub(0, axis).size();
        this.extent = shape.extent(axis);
        this.inner = (int) shape.sub(axis + 1, shape.rank()).size();
    }

    @Override
    public void run(Memory memory) {
        Object x = memory.buffers[source];
        int[] y = (int[]) memory.buffers[target];
        for (int o = 0; o < outer; o++) {
            for (int i = 0; i < inner; i++) {
                int start = o * extent * inner + i;
                y[o * inner + i] = switch (x) {
                    case float[] floats -> position(floats, start);
                    case double[] doubles -> position(doubles, start);
                    default -> position((int[]) x, start);
                };
            }
        }
    }

    private int position(float[] x, int start) {
        int best = 0;
        float largest = x[start];
        for (int k = 1; k < extent && !Float.isNaN(largest); k++) {
            float value = x[start + k * inner];
            if (!(value <= largest)) {
                largest = value;
                best = k;
            }
        }
        return best;
    }

    private int position(double[] x, int start) {
        int best = 0;
        double largest = x[start];
        for (int k = 1; k < extent && !Double.isNaN(largest); k++) {
            double value = x[start + k * inner];
            if (!(value <= largest)) {
                largest = value;
                best = k;
            }
        }
        return best;
    }

    private int position(int[] x, int start) {
        int best = 0;
        for (int k = 1; k < extent; k++) {
            if (x[start + k * inner] > x[start + best * inner]) {
                best = k;
            }
        }
        return best;
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
