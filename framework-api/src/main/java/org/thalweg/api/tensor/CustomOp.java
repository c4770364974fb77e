package org.thalweg.api.tensor;

import java.util.List;
import org.thalweg.api.plugin.Stable;

/**
 * An operation that cannot be written in terms of {@link Tensor}'s: a dynamic programme, data-dependent loops. It computes on the buffers themselves, in
 * both floating-point types, and says what its derivative is. Apply it with {@link Tensor#custom}. It can be differentiated once; twice is
 * an error that names it.
 *
 * <p>An operation is a value: equal operations on equal inputs are computed once, so an operation with settings should be a record. Its methods are called
 * by one thread at a time, and should allocate nothing.
 */
@Stable
public interface CustomOp {
    /** What error messages and profiles call it. */
    String name();

    /**
     * The shape of the output, whose type is the first input's.
     *
     * @throws ShapeException where the inputs do not fit; the message names this operation and the shapes
     */
    Shape shape(List<Shape> inputs);

    /** How many doubles of workspace {@link #forward} and {@link #backward} need; its content does not outlive a call. */
    default int workspace(List<Shape> inputs) {
        return 0;
    }

    /** Computes every element of the output. */
    void forward(List<Values> inputs, Values output, double[] workspace);

    /**
     * Computes every element of the gradient with respect to one floating-point input.
     *
     * @param position which input
     * @param output what {@link #forward} computed
     * @param upstream the gradient with respect to the output
     * @param gradient receives the result, in the input's shape
     */
    void backward(int position, List<Values> inputs, Values output, Values upstream, Values gradient, double[] workspace);

    /** The elements of a tensor, row-major. Arrays may be longer than the tensor. */
    interface Values {
        /** The shape. */
        Shape shape();

        /** The type of the elements. */
        DType dtype();

        /** An element as a double; BOOL is 0 or 1. */
        double get(int index);

        /** Sets an element of an output or gradient, rounded to its type. */
        void set(int index, double value);

        /** The array of a FLOAT32 tensor, for loops that must be fast. */
        float[] floats();

        /** The array of a FLOAT64 tensor. */
        double[] doubles();

        /** The array of an INT32 tensor. */
        int[] ints();
    }
}
