package org.thalweg.autodiff.reference;

import org.thalweg.api.tensor.CustomOp;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.autodiff.graph.Expression;

/** A node's value as a custom operation sees it: FLOAT64 whatever the node's own floating-point type is, since nothing is rounded here. */
record PlainValues(Expression node, double[] array) implements CustomOp.Values {
    @Override
    public Shape shape() {
        return node.shape();
    }

    @Override
    public DType dtype() {
        return node.dtype().isFloating() ? DType.FLOAT64 : node.dtype();
    }

    @Override
    public double get(int index) {
        return array[index];
    }

    @Override
    public void set(int index, double value) {
        array[index] = value;
    }

    @Override
    public float[] floats() {
        throw new IllegalStateException(node + " is evaluated in FLOAT64: look at dtype() before asking for floats()");
    }

    @Override
    public double[] doubles() {
        return array;
    }

    @Override
    public int[] ints() {
        int[] ints = new int[array.length];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = (int) array[i];
        }
        return ints;
    }
}
