package org.thalweg.autodiff.graph;

import java.util.List;
import org.thalweg.api.tensor.CustomOp;
import org.thalweg.api.tensor.Window;

/**
 * What a node does. Together with the node's inputs, shape and type it is the whole of the node, so two nodes that are equal in these are one.
 * Operands of element-wise operations always have the node's own shape: broadcasting is a node of its own.
 */
public sealed interface Op {
    /** What a leaf stands for. */
    enum LeafKind {
        /** An array that the caller gives for each run: a batch. */
        INPUT,
        /** An array that lives as long as the program and may be updated by it: parameters, state. */
        VARIABLE,
        /** A number that the caller sets for each run: the learning rate. Kept in double. */
        SCALAR
    }

    /** A value from outside; the number tells leaves of the same name apart. */
    record Leaf(LeafKind kind, String name, int number) implements Op {}

    /** A scalar known now. */
    record Constant(double value) implements Op {}

    /** A vector known now. */
    record Literal(List<Double> values) implements Op {}

    /** 0, 1, 2 ... along a vector. */
    record Range() implements Op {}

    /** Uniform numbers in [0, 1): a function of the seed, this stream, the step and the position. */
    record Random(long stream) implements Op {}

    /** Element by element. */
    record Map1(Unary function) implements Op {}

    /** Element by element. */
    record Map2(Binary function) implements Op {}

    /** The second input where the first, a BOOL, is true; else the third. */
    record Where() implements Op {}

    /** To the node's type. */
    record Cast() implements Op {}

    /** The input, taken for constant when differentiated. */
    record StopGradient() implements Op {}

    /** The input repeated to the node's shape, aligned at the last axis. */
    record Broadcast() implements Op {}

    /** The same elements in the node's shape. */
    record Reshape() implements Op {}

    /** Axis i is the input's axis order[i]. */
    record Permute(List<Integer> order) implements Op {}

    /** How a reduction combines. */
    enum Reduction {
        SUM,
        MAX
    }

    /** Over axes, ascending, which stay with extent 1. */
    record Reduce(Reduction reduction, List<Integer> axes) implements Op {}

    /** The position of the first largest element along an axis, which disappears. */
    record ArgMax(int axis) implements Op {}

    /** Over the last two axes, each operand transposed there or not; the axes before are equal. */
    record MatMul(boolean transposeA, boolean transposeB) implements Op {}

    /** From..to-1 along an axis. */
    record Slice(int axis, int from, int to) implements Op {}

    /** Zeros before and after along an axis. */
    record Pad(int axis, int before, int after) implements Op {}

    /** The inputs one after another along an axis. */
    record Concat(int axis) implements Op {}

    /** Rows of the first input by the numbers in the second. */
    record Gather() implements Op {}

    /** Rows of the first input added to zeros where the numbers in the second say. */
    record ScatterAdd() implements Op {}

    /** The first input with the rows that the numbers in the third name replaced by those of the second. */
    record SetRows() implements Op {}

    /** What a sliding window sees: [n, c, spatial...] to [c, size..., n, positions...]. */
    record Unfold(Window window, double outside) implements Op {}

    /** The adjoint: [c, size..., n, positions...] summed into [n, c, spatial...]. */
    record Fold(Window window) implements Op {}

    /** Cross-correlation of [n, c, spatial...] with a weight [o, c / groups, size...]: [n, o, positions...]. */
    record Convolution(Window window, int groups) implements Op {}

    /** The adjoint by the input: from [n, o, positions...] and the weight to [n, c, spatial...]. */
    record ConvolutionInput(Window window, int groups) implements Op {}

    /** The adjoint by the weight: from [n, c, spatial...] and [n, o, positions...] to [o, c / groups, size...]. */
    record ConvolutionWeight(Window window, int groups) implements Op {}

    /** Where in its plane of [n, c, spatial...] the first largest element is that a window sees: [n, c, positions...]. */
    record WindowArgMax(Window window) implements Op {}

    /** Elements of the planes of the first input, [n, c, spatial...], by the numbers in the second, [n, c, positions...]. */
    record PlaneGather() implements Op {}

    /** Elements of the first input, [n, c, positions...], added to planes of zeros, [n, c, spatial...], where the numbers in the second say. */
    record PlaneScatterAdd() implements Op {}

    /** An author's own operation on all inputs. */
    record Custom(CustomOp op) implements Op {}

    /** The derivative of such an operation by one input; the inputs are the operation's, then its output, then what flows into that. */
    record CustomGradient(CustomOp op, int position) implements Op {}
}
