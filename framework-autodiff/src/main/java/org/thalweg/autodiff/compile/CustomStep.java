package org.thalweg.autodiff.compile;

import java.util.ArrayList;
import java.util.List;
import org.thalweg.api.tensor.CustomOp;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Op;

/** Calls an author's own operation, forward or backward. */
final class CustomStep implements Step {
    private final CustomOp op;
    private final int position;
    private final int[] sources;
    private final int target;
    private final List<BufferValues> views = new ArrayList<>();
    private final List<CustomOp.Values> inputs = new ArrayList<>();
    private final BufferValues result;
    private final double[] workspace;

    CustomStep(Expression node, int[] sources, int target) {
        boolean forward = node.op() instanceof Op.Custom;
        this.op = forward ? ((Op.Custom) node.op()).op() : ((Op.CustomGradient) node.op()).op();
        this.position = forward ? -1 : ((Op.CustomGradient) node.op()).position();
        this.sources = sources;
        this.target = target;
        List<Expression> operands = forward ? node.inputs() : node.inputs().subList(0, node.inputs().size() - 2);
        node.inputs().forEach(input -> views.add(new BufferValues(input.shape(), input.dtype())));
        inputs.addAll(views.subList(0, operands.size()));
        this.result = new BufferValues(node.shape(), node.dtype());
        this.workspace = new double[op.workspace(operands.stream().map(Expression::shape).toList())];
    }

    @Override
    public void run(Memory memory) {
        for (int i = 0; i < sources.length; i++) {
            views.get(i).array = memory.buffers[sources[i]];
        }
        result.array = memory.buffers[target];
        if (position < 0) {
            op.forward(inputs, result, workspace);
        } else {
            op.backward(position, inputs, views.get(views.size() - 2), views.getLast(), result, workspace);
        }
    }

    @Override
    public int[] reads() {
        return sources;
    }

    @Override
    public int[] writes() {
        return new int[] {target};
    }

    /** A buffer as the operation sees it; the array may be another one at each run. */
    private static final class BufferValues implements CustomOp.Values {
        private final Shape shape;
        private final DType dtype;
        private Object array;

        private BufferValues(Shape shape, DType dtype) {
            this.shape = shape;
            this.dtype = dtype;
        }

        @Override
        public Shape shape() {
            return shape;
        }

        @Override
        public DType dtype() {
            return dtype;
        }

        @Override
        public double get(int index) {
            return Memory.element(array, index);
        }

        @Override
        public void set(int index, double value) {
            if (array instanceof float[] floats) {
                floats[index] = (float) value;
            } else {
                ((double[]) array)[index] = value;
            }
        }

        @Override
        public float[] floats() {
            return (float[]) array;
        }

        @Override
        public double[] doubles() {
            return (double[]) array;
        }

        @Override
        public int[] ints() {
            return (int[]) array;
        }
    }
}
