package org.thalweg.autodiff.reference;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.api.tensor.CustomOp;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Window;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;
import org.thalweg.autodiff.graph.Op;
import org.thalweg.autodiff.kernel.Philox;

/**
 * Computes a graph in double precision, node by node, one short method a primitive. Integers are exact, BOOL is 0 or 1, and FLOAT32 is
 * not rounded. Every value stays available, so it can also explain a graph or find the operation that made a number infinite.
 */
public final class ReferenceEvaluator {
    private final Map<Expression, double[]> values = new HashMap<>();
    private final long seed;
    private final long step;

    /** For graphs without random nodes. */
    public ReferenceEvaluator() {
        this(0, 0);
    }

    /** With the seed and step that random nodes draw from. */
    public ReferenceEvaluator(long seed, long step) {
        this.seed = seed;
        this.step = step;
    }

    /** Values of expressions given values of the leaves they need. */
    public static List<double[]> evaluate(List<Expression> outputs, Map<Expression, double[]> leaves) {
        ReferenceEvaluator evaluator = new ReferenceEvaluator();
        leaves.forEach(evaluator::set);
        return outputs.stream().map(evaluator::value).toList();
    }

    /** The value of one expression. */
    public static double[] evaluate(Expression output, Map<Expression, double[]> leaves) {
        return evaluate(List.of(output), leaves).getFirst();
    }

    /** Gives a leaf, or any node, its value; row-major. */
    public void set(Expression node, double... value) {
        if (value.length != node.shape().size()) {
            throw new IllegalArgumentException(node + " has " + node.shape().size() + " elements, but " + value.length + " were given");
        }
        values.put(node, value);
    }

    /** A node's value, computed with all that it needs. */
    public double[] value(Expression output) {
        for (Expression node : Graph.reachable(List.of(output))) {
            if (!values.containsKey(node)) {
                values.put(node, compute(node));
            }
        }
        return values.get(output);
    }

    private double[] in(Expression node, int position) {
        return values.get(node.input(position));
    }

    private double[] compute(Expression node) {
        int size = (int) node.shape().size();
        double[] y = new double[size];
        switch (node.op()) {
            case Op.Leaf leaf -> throw new IllegalArgumentException("no value was given for " + node);
            case Op.Constant(double value) -> y[0] = value;
            case Op.Literal(List<Double> literal) -> fill(y, literal::get);
            case Op.Range range -> fill(y, i -> i);
            case Op.Random(long stream) -> fill(y, i -> node.dtype() == DType.FLOAT32
                    ? Philox.uniformFloat(seed, stream, step, i) : Philox.uniformDouble(seed, stream, step, i));
            case Op.Map1 map -> fill(y, i -> map.function().apply(in(node, 0)[i]));
            case Op.Map2 map -> {
                double[] a = in(node, 0);
                double[] b = in(node, 1);
                boolean integer = node.dtype() == DType.INT32;
                fill(y, i -> integer ? wrapped(map.function().apply(a[i], b[i])) : map.function().apply(a[i], b[i]));
            }
            case Op.Where where -> fill(y, i -> in(node, 0)[i] != 0 ? in(node, 1)[i] : in(node, 2)[i]);
            case Op.Cast cast -> fill(y, i -> Expression.converted(in(node, 0)[i], node.dtype()));
            case Op.StopGradient stop -> System.arraycopy(in(node, 0), 0, y, 0, size);
            case Op.Reshape reshape -> System.arraycopy(in(node, 0), 0, y, 0, size);
            case Op.Broadcast broadcast -> broadcast(node, y);
            case Op.Permute(List<Integer> order) -> permute(node, order, y);
            case Op.Reduce reduce -> reduce(node, reduce, y);
            case Op.ArgMax(int axis) -> argMax(node, axis, y);
            case Op.MatMul(boolean ta, boolean tb) -> multiply(node, ta, tb, y);
            case Op.Slice(int axis, int from, int to) -> slice(node, axis, from, y);
            case Op.Pad(int axis, int before, int after) -> paste(node.input(0), node, axis, before, y);
            case Op.Concat(int axis) -> {
                int at = 0;
                for (Expression part : node.inputs()) {
                    paste(part, node, axis, at, y);
                    at += part.shape().extent(axis);
                }
            }
            case Op.Gather gather -> gather(node, y);
            case Op.ScatterAdd scatter -> scatterAdd(node, y);
            case Op.SetRows set -> setRows(node, y);
            case Op.Unfold(Window window, double outside) -> slide(window, node.input(0).shape(), node.shape(),
                    (seen, element) -> y[seen] = element < 0 ? outside : in(node, 0)[element]);
            case Op.Fold(Window window) -> slide(window, node.shape(), node.input(0).shape(), (seen, element) -> {
                if (element >= 0) {
                    y[element] += in(node, 0)[seen];
                }
            });
            case Op.Convolution(Window window, int groups) -> convolve(window, groups, node.input(0).shape(), node.shape(), node.input(1).shape(),
                    (x, o, w) -> y[o] += in(node, 0)[x] * in(node, 1)[w]);
            case Op.ConvolutionInput(Window window, int groups) -> convolve(window, groups, node.shape(), node.input(0).shape(), node.input(1).shape(),
                    (x, o, w) -> y[x] += in(node, 0)[o] * in(node, 1)[w]);
            case Op.ConvolutionWeight(Window window, int groups) -> convolve(window, groups, node.input(0).shape(), node.input(1).shape(), node.shape(),
                    (x, o, w) -> y[w] += in(node, 0)[x] * in(node, 1)[o]);
            case Op.WindowArgMax(Window window) -> windowArgMax(window, node, y);
            case Op.PlaneGather gather -> {
                int plane = size / Math.max(1, node.shape().extent(0) * node.shape().extent(1));
                int elements = in(node, 0).length / Math.max(1, node.shape().extent(0) * node.shape().extent(1));
                fill(y, i -> in(node, 0)[i / plane * elements + (int) in(node, 1)[i]]);
            }
            case Op.PlaneScatterAdd scatter -> {
                double[] x = in(node, 0);
                int planes = Math.max(1, node.shape().extent(0) * node.shape().extent(1));
                for (int i = 0; i < x.length; i++) {
                    y[i / (x.length / planes) * (size / planes) + (int) in(node, 1)[i]] += x[i];
                }
            }
            case Op.Custom(CustomOp op) -> op.forward(views(node.inputs()), new PlainValues(node, y), workspace(op, node.inputs()));
            case Op.CustomGradient(CustomOp op, int by) -> {
                List<Expression> inputs = node.inputs().subList(0, node.inputs().size() - 2);
                List<CustomOp.Values> rest = views(node.inputs().subList(inputs.size(), inputs.size() + 2));
                op.backward(by, views(inputs), rest.get(0), rest.get(1), new PlainValues(node, y), workspace(op, inputs));
            }
        }
        return y;
    }

    private List<CustomOp.Values> views(List<Expression> nodes) {
        return nodes.stream().<CustomOp.Values>map(node -> new PlainValues(node, values.get(node))).toList();
    }

    private static double[] workspace(CustomOp op, List<Expression> inputs) {
        return new double[op.workspace(inputs.stream().map(Expression::shape).toList())];
    }

    private interface Product {
        void of(int input, int output, int weight);
    }

    /** Visits every product of a convolution: the elements of [n, c, spatial...], of [n, o, positions...] and of the weight that belong together. */
    private static void convolve(Window window, int groups, Shape whole, Shape result, Shape weight, Product product) {
        int outputs = weight.extent(0) / groups;
        int inputs = weight.extent(1);
        int size = (int) weight.sub(2, weight.rank()).size();
        int positions = (int) result.sub(2, result.rank()).size();
        Shape seen = Shape.of(whole.extent(1)).append(size);
        slide(window, whole, seen(window, whole, result), (at, element) -> {
            if (element < 0) {
                return;
            }
            int position = at % positions;
            int n = at / positions % whole.extent(0);
            int k = at / positions / whole.extent(0) % size;
            int c = at / positions / whole.extent(0) / size;
            for (int o = c / inputs * outputs; o < (c / inputs + 1) * outputs; o++) {
                product.of(element, (n * result.extent(1) + o) * positions + position, (o * inputs + c % inputs) * size + k);
            }
        });
    }

    private void windowArgMax(Window window, Expression node, double[] y) {
        double[] x = in(node, 0);
        Shape whole = node.input(0).shape();
        int plane = (int) whole.sub(2, whole.rank()).size();
        int positions = (int) node.shape().sub(2, node.shape().rank()).size();
        int size = window.size().stream().reduce(1, Math::multiplyExact);
        Arrays.fill(y, -1);
        slide(window, whole, seen(window, whole, node.shape()), (at, element) -> {
            if (element >= 0) {
                int n = at / positions % whole.extent(0);
                int c = at / positions / whole.extent(0) / size;
                int target = (n * whole.extent(1) + c) * positions + at % positions;
                int base = element / plane * plane;
                if (y[target] < 0 || x[element] > x[base + (int) y[target]] || Double.isNaN(x[element])) {
                    y[target] = element - base;
                }
            }
        });
    }

    /** [c, size..., n, positions...] */
    private static Shape seen(Window window, Shape whole, Shape result) {
        Shape seen = Shape.of(whole.extent(1));
        for (int extent : window.size()) {
            seen = seen.append(extent);
        }
        seen = seen.append(whole.extent(0));
        for (int axis = 2; axis < result.rank(); axis++) {
            seen = seen.append(result.extent(axis));
        }
        return seen;
    }

    private interface Sight {
        void of(int seen, int element);
    }

    /** Visits what a window sees, in order: the position among [c, size..., n, positions...] and the element of [n, c, spatial...], or -1. */
    private static void slide(Window window, Shape whole, Shape seen, Sight sight) {
        int axes = window.axes();
        int[] at = new int[seen.rank()];
        for (int i = 0; i < seen.size(); i++) {
            int rest = i;
            for (int axis = seen.rank() - 1; axis >= 0; axis--) {
                at[axis] = rest % seen.extent(axis);
                rest /= seen.extent(axis);
            }
            int element = at[axes + 1] * whole.extent(1) + at[0];
            for (int axis = 0; axis < axes && element >= 0; axis++) {
                int place = at[axes + 2 + axis] * window.stride().get(axis) - window.padding().get(axis)
                        + at[1 + axis] * window.dilation().get(axis);
                boolean inside = place >= 0 && place < whole.extent(2 + axis);
                element = inside ? element * whole.extent(2 + axis) + place : -1;
            }
            sight.of(i, element);
        }
    }

    private interface Element {
        double at(int index);
    }

    private static void fill(double[] y, Element element) {
        for (int i = 0; i < y.length; i++) {
            y[i] = element.at(i);
        }
    }

    /** 32-bit arithmetic wraps around; a quotient truncates, and division by zero gives 0. */
    private static double wrapped(double value) {
        return Double.isFinite(value) ? (int) (long) value : 0;
    }

    /** Row-major strides; an axis of extent 1 that the target repeats has stride 0. */
    private static int[] strides(Shape shape, Shape target) {
        int[] strides = new int[target.rank()];
        int stride = 1;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            int at = axis + target.rank() - shape.rank();
            strides[at] = shape.extent(axis) == 1 ? 0 : stride;
            stride *= shape.extent(axis);
        }
        return strides;
    }

    /** The position in an array with the given strides of the element with a row-major index in a shape. */
    private static int offset(int index, Shape shape, int[] strides) {
        int offset = 0;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            offset += index % shape.extent(axis) * strides[axis];
            index /= shape.extent(axis);
        }
        return offset;
    }

    private void broadcast(Expression node, double[] y) {
        int[] strides = strides(node.input(0).shape(), node.shape());
        fill(y, i -> in(node, 0)[offset(i, node.shape(), strides)]);
    }

    private void permute(Expression node, List<Integer> order, double[] y) {
        Shape from = node.input(0).shape();
        int[] source = strides(from, from);
        int[] strides = order.stream().mapToInt(axis -> source[axis]).toArray();
        fill(y, i -> in(node, 0)[offset(i, node.shape(), strides)]);
    }

    private void reduce(Expression node, Op.Reduce reduce, double[] y) {
        Shape from = node.input(0).shape();
        double[] x = in(node, 0);
        int[] strides = strides(node.shape(), from);
        java.util.Arrays.fill(y, reduce.reduction() == Op.Reduction.SUM ? 0 : Double.NEGATIVE_INFINITY);
        for (int i = 0; i < x.length; i++) {
            int at = offset(i, from, strides);
            y[at] = reduce.reduction() == Op.Reduction.SUM ? y[at] + x[i] : Math.max(y[at], x[i]);
        }
        if (node.dtype() == DType.INT32) {
            fill(y, i -> (int) (long) y[i]);
        }
    }

    private void argMax(Expression node, int axis, double[] y) {
        Shape from = node.input(0).shape();
        double[] x = in(node, 0);
        int extent = from.extent(axis);
        int inner = (int) from.sub(axis + 1, from.rank()).size();
        for (int i = 0; i < y.length; i++) {
            int start = i / inner * inner * extent + i % inner;
            int best = 0;
            for (int k = 1; k < extent; k++) {
                if (isLarger(x[start + k * inner], x[start + best * inner])) {
                    best = k;
                }
            }
            y[i] = best;
        }
    }

    /** NaN counts as largest; the first of equals stays. */
    private static boolean isLarger(double value, double best) {
        return value > best || Double.isNaN(value) && !Double.isNaN(best);
    }

    private void multiply(Expression node, boolean ta, boolean tb, double[] y) {
        double[] a = in(node, 0);
        double[] b = in(node, 1);
        int m = node.shape().extent(-2);
        int n = node.shape().extent(-1);
        int k = node.input(0).shape().extent(ta ? -2 : -1);
        for (int at = 0; at < y.length; at++) {
            int batch = at / (m * n);
            int i = at / n % m;
            int j = at % n;
            double sum = 0;
            for (int p = 0; p < k; p++) {
                double left = a[batch * m * k + (ta ? p * m + i : i * k + p)];
                double right = b[batch * k * n + (tb ? j * k + p : p * n + j)];
                sum += left * right;
            }
            y[at] = sum;
        }
    }

    private void slice(Expression node, int axis, int from, double[] y) {
        Shape source = node.input(0).shape();
        int inner = (int) source.sub(axis + 1, source.rank()).size();
        int rows = node.shape().extent(axis) * inner;
        fill(y, i -> in(node, 0)[i / rows * source.extent(axis) * inner + from * inner + i % rows]);
    }

    private void paste(Expression part, Expression node, int axis, int at, double[] y) {
        double[] x = values.get(part);
        int inner = (int) node.shape().sub(axis + 1, node.shape().rank()).size();
        int rows = part.shape().extent(axis) * inner;
        for (int i = 0; i < x.length; i++) {
            y[i / rows * node.shape().extent(axis) * inner + at * inner + i % rows] = x[i];
        }
    }

    private void gather(Expression node, double[] y) {
        int rows = node.input(0).shape().extent(0);
        int inner = (int) node.input(0).shape().without(0).size();
        fill(y, i -> in(node, 0)[row(in(node, 1)[i / inner], rows, node) * inner + i % inner]);
    }

    private void scatterAdd(Expression node, double[] y) {
        int rows = node.shape().extent(0);
        int inner = (int) node.shape().without(0).size();
        double[] x = in(node, 0);
        for (int i = 0; i < x.length; i++) {
            y[row(in(node, 1)[i / inner], rows, node) * inner + i % inner] += x[i];
        }
    }

    private void setRows(Expression node, double[] y) {
        int inner = (int) node.shape().without(0).size();
        fill(y, i -> in(node, 0)[i]);
        double[] rows = in(node, 1);
        for (int i = 0; i < rows.length; i++) {
            y[row(in(node, 2)[i / inner], node.shape().extent(0), node) * inner + i % inner] = rows[i];
        }
    }

    private static int row(double number, int rows, Expression node) {
        if (number < 0 || number >= rows) {
            throw new IndexOutOfBoundsException(node + ": row " + (long) number + " does not exist; there are " + rows);
        }
        return (int) number;
    }
}
