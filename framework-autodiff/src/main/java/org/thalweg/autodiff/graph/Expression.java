package org.thalweg.autodiff.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.thalweg.api.tensor.CustomOp;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.api.tensor.Window;

/** A node of a {@link Graph}: an operation, its inputs, the shape and type of its value, and the scope that made it. */
public final class Expression implements Tensor {
    private final Graph graph;
    private final int id;
    private final Op op;
    private final List<Expression> inputs;
    private final Shape shape;
    private final DType dtype;
    private final String origin;

    Expression(Graph graph, int id, Op op, List<Expression> inputs, Shape shape, DType dtype, String origin) {
        this.graph = graph;
        this.id = id;
        this.op = op;
        this.inputs = inputs;
        this.shape = shape;
        this.dtype = dtype;
        this.origin = origin;
    }

    /** The graph that owns this node. */
    public Graph graph() {
        return graph;
    }

    /** The node's number in its graph; larger than its inputs'. */
    public int id() {
        return id;
    }

    /** What the node does. */
    public Op op() {
        return op;
    }

    /** What it does it to. */
    public List<Expression> inputs() {
        return inputs;
    }

    /** An input by position. */
    public Expression input(int position) {
        return inputs.get(position);
    }

    void forEachInput(Consumer<Expression> action) {
        for (int i = 0; i < inputs.size(); i++) {
            action.accept(inputs.get(i));
        }
    }

    /** The layer path or plugin that made the node; empty where nobody said. */
    public String origin() {
        return origin;
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public DType dtype() {
        return dtype;
    }

    /** The number that all elements are, where that is known now. */
    public OptionalDouble constantValue() {
        Expression node = this;
        while (node.op instanceof Op.Broadcast || node.op instanceof Op.Reshape) {
            node = node.input(0);
        }
        return node.op instanceof Op.Constant(double value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    private boolean isConstant(double value) {
        OptionalDouble known = constantValue();
        return known.isPresent() && known.getAsDouble() == value;
    }

    // Constants

    @Override
    public Expression constant(double value) {
        return graph.constant(value, dtype);
    }

    @Override
    public Expression constants(double... values) {
        return graph.constants(dtype, values);
    }

    @Override
    public Expression range(int count) {
        return graph.range(count);
    }

    // One operand

    private Expression map(Unary function) {
        if (function == Unary.NOT ? dtype != DType.BOOL : function == Unary.NEG || function == Unary.ABS || function == Unary.SIGN
                ? dtype == DType.BOOL : !dtype.isFloating()) {
            throw wrong(name(function) + " is not defined for " + dtype);
        }
        if (op instanceof Op.Map1(Unary inner) && inner == function && (function == Unary.NEG || function == Unary.NOT)) {
            return input(0);
        }
        OptionalDouble known = constantValue();
        if (known.isPresent()) {
            return graph.constant(function.apply(known.getAsDouble()), dtype).broadcastTo(shape);
        }
        return graph.node(new Op.Map1(function), shape, dtype, this);
    }

    @Override
    public Expression neg() {
        return map(Unary.NEG);
    }

    @Override
    public Expression abs() {
        return map(Unary.ABS);
    }

    @Override
    public Expression sign() {
        return map(Unary.SIGN);
    }

    @Override
    public Expression sqrt() {
        return map(Unary.SQRT);
    }

    @Override
    public Expression exp() {
        return map(Unary.EXP);
    }

    @Override
    public Expression expm1() {
        return map(Unary.EXPM1);
    }

    @Override
    public Expression log() {
        return map(Unary.LOG);
    }

    @Override
    public Expression log1p() {
        return map(Unary.LOG1P);
    }

    @Override
    public Expression sin() {
        return map(Unary.SIN);
    }

    @Override
    public Expression cos() {
        return map(Unary.COS);
    }

    @Override
    public Expression tan() {
        return map(Unary.TAN);
    }

    @Override
    public Expression asin() {
        return map(Unary.ASIN);
    }

    @Override
    public Expression acos() {
        return map(Unary.ACOS);
    }

    @Override
    public Expression atan() {
        return map(Unary.ATAN);
    }

    @Override
    public Expression sinh() {
        return map(Unary.SINH);
    }

    @Override
    public Expression cosh() {
        return map(Unary.COSH);
    }

    @Override
    public Expression tanh() {
        return map(Unary.TANH);
    }

    @Override
    public Expression erf() {
        return map(Unary.ERF);
    }

    @Override
    public Expression sigmoid() {
        return map(Unary.SIGMOID);
    }

    @Override
    public Expression softplus() {
        return map(Unary.SOFTPLUS);
    }

    @Override
    public Expression floor() {
        return map(Unary.FLOOR);
    }

    @Override
    public Expression ceil() {
        return map(Unary.CEIL);
    }

    @Override
    public Expression round() {
        return map(Unary.ROUND);
    }

    @Override
    public Expression not() {
        return map(Unary.NOT);
    }

    // Two operands

    private Expression map(Binary function, Tensor other) {
        Expression right = own(other);
        if (dtype != right.dtype) {
            throw wrong(name(function) + ": types " + dtype + " and " + right.dtype + " do not mix; cast one of them");
        }
        if (function.isLogical() ? dtype != DType.BOOL : function != Binary.EQUAL && dtype == DType.BOOL) {
            throw wrong(name(function) + " is not defined for " + dtype);
        }
        if (function == Binary.POW && !dtype.isFloating()) {
            throw wrong("pow is not defined for " + dtype);
        }
        Shape common = shape.broadcastWith(right.shape);
        if (common == null) {
            throw wrong(name(function) + ": shapes " + shape + " and " + right.shape + " do not fit together");
        }
        Expression left = broadcastTo(common);
        right = right.broadcastTo(common);
        Expression simpler = left.simplify(function, right);
        if (simpler != null) {
            return simpler;
        }
        if (function.isCommutative() && left.id > right.id) {
            Expression swapped = left;
            left = right;
            right = swapped;
        }
        DType result = function.isComparison() ? DType.BOOL : dtype;
        return graph.node(new Op.Map2(function), common, result, left, right);
    }

    /** What needs no node: two constants, and neutral elements. */
    private Expression simplify(Binary function, Expression right) {
        OptionalDouble a = constantValue();
        OptionalDouble b = right.constantValue();
        if (a.isPresent() && b.isPresent() && (dtype.isFloating() || function != Binary.DIV)) {
            DType result = function.isComparison() ? DType.BOOL : dtype;
            return graph.constant(function.apply(a.getAsDouble(), b.getAsDouble()), result).broadcastTo(shape);
        }
        return switch (function) {
            case ADD -> right.isConstant(0) ? this : isConstant(0) ? right : null;
            case SUB -> right.isConstant(0) ? this : isConstant(0) ? right.neg() : null;
            case MUL -> right.isConstant(1) ? this : isConstant(1) ? right : right.isConstant(-1) ? neg() : isConstant(-1) ? right.neg() : null;
            case DIV -> right.isConstant(1) ? this : null;
            case POW -> b.isPresent() ? power(b.getAsDouble()) : null;
            default -> null;
        };
    }

    /** Small exponents as products, which is faster and exact. */
    private Expression power(double exponent) {
        if (exponent == 1) {
            return this;
        }
        if (exponent == 2) {
            return mul(this);
        }
        if (exponent == 3) {
            return mul(this).mul(this);
        }
        if (exponent == 4) {
            Expression square = mul(this);
            return square.mul(square);
        }
        if (exponent == -1) {
            return constant(1).div(this);
        }
        return exponent == 0 ? constant(1).broadcastTo(shape) : null;
    }

    @Override
    public Expression add(Tensor other) {
        return map(Binary.ADD, other);
    }

    @Override
    public Expression sub(Tensor other) {
        return map(Binary.SUB, other);
    }

    @Override
    public Expression mul(Tensor other) {
        return map(Binary.MUL, other);
    }

    @Override
    public Expression div(Tensor other) {
        return map(Binary.DIV, other);
    }

    @Override
    public Expression pow(Tensor exponent) {
        return map(Binary.POW, exponent);
    }

    @Override
    public Expression max(Tensor other) {
        return map(Binary.MAX, other);
    }

    @Override
    public Expression min(Tensor other) {
        return map(Binary.MIN, other);
    }

    @Override
    public Expression less(Tensor other) {
        return map(Binary.LESS, other);
    }

    @Override
    public Expression lessOrEqual(Tensor other) {
        return map(Binary.LESS_OR_EQUAL, other);
    }

    @Override
    public Expression equal(Tensor other) {
        return map(Binary.EQUAL, other);
    }

    @Override
    public Expression and(Tensor other) {
        return map(Binary.AND, other);
    }

    @Override
    public Expression or(Tensor other) {
        return map(Binary.OR, other);
    }

    @Override
    public Expression where(Tensor whereTrue, Tensor elsewhere) {
        Expression yes = own(whereTrue);
        Expression no = own(elsewhere);
        if (dtype != DType.BOOL) {
            throw wrong("where chooses by a BOOL tensor, but this one is " + dtype);
        }
        if (yes.dtype != no.dtype) {
            throw wrong("where: types " + yes.dtype + " and " + no.dtype + " do not mix; cast one of them");
        }
        Shape values = yes.shape.broadcastWith(no.shape);
        Shape common = values == null ? null : shape.broadcastWith(values);
        if (common == null) {
            throw wrong("where: shapes " + shape + ", " + yes.shape + " and " + no.shape + " do not fit together");
        }
        OptionalDouble known = constantValue();
        if (known.isPresent()) {
            return (known.getAsDouble() != 0 ? yes : no).broadcastTo(common);
        }
        return yes == no ? yes.broadcastTo(common)
                : graph.node(new Op.Where(), common, yes.dtype, broadcastTo(common), yes.broadcastTo(common), no.broadcastTo(common));
    }

    @Override
    public Expression cast(DType target) {
        if (target == dtype) {
            return this;
        }
        OptionalDouble known = constantValue();
        if (known.isPresent()) {
            return graph.constant(converted(known.getAsDouble(), target), target).broadcastTo(shape);
        }
        return graph.node(new Op.Cast(), shape, target, this);
    }

    /** A number as a type holds it. FLOAT32 is not rounded here: constants are rounded once, where they are used. */
    public static double converted(double value, DType target) {
        return switch (target) {
            case INT32 -> (int) value;
            case BOOL -> value != 0 ? 1 : 0;
            case FLOAT32, FLOAT64 -> value;
        };
    }

    @Override
    public Expression stopGradient() {
        boolean hasNone = !dtype.isFloating() || op instanceof Op.StopGradient || constantValue().isPresent();
        return hasNone ? this : graph.node(new Op.StopGradient(), shape, dtype, this);
    }

    // Reductions

    @Override
    public Expression sumKeepingAxes(int... axes) {
        if (dtype == DType.BOOL) {
            throw wrong("sum is not defined for BOOL; cast to a number first");
        }
        return reduce(Op.Reduction.SUM, axes);
    }

    @Override
    public Expression maxKeepingAxes(int... axes) {
        if (!dtype.isFloating()) {
            throw wrong("max over axes is not defined for " + dtype);
        }
        return reduce(Op.Reduction.MAX, axes);
    }

    private Expression reduce(Op.Reduction reduction, int... axes) {
        boolean[] reduced = new boolean[shape.rank()];
        Arrays.fill(reduced, axes.length == 0);
        for (int axis : axes) {
            int counted = shape.axis(axis);
            if (reduced[counted]) {
                throw wrong("axis " + axis + " is given twice: " + Arrays.toString(axes));
            }
            reduced[counted] = true;
        }
        List<Integer> list = new ArrayList<>();
        Shape result = shape;
        for (int axis = 0; axis < reduced.length; axis++) {
            if (reduced[axis] && shape.extent(axis) != 1) {
                list.add(axis);
                result = result.with(axis, 1);
            }
        }
        return list.isEmpty() ? this : graph.node(new Op.Reduce(reduction, List.copyOf(list)), result, dtype, this);
    }

    @Override
    public Expression argMax(int axis) {
        int counted = shape.axis(axis);
        if (!dtype.isFloating() && dtype != DType.INT32) {
            throw wrong("argMax is not defined for " + dtype);
        }
        if (shape.extent(counted) == 0) {
            throw wrong("argMax over the empty axis " + axis + " of " + shape);
        }
        return graph.node(new Op.ArgMax(counted), shape.without(counted), DType.INT32, this);
    }

    // Matrices

    @Override
    public Expression matmul(Tensor other) {
        Expression right = own(other);
        if (dtype != right.dtype || !dtype.isFloating()) {
            throw wrong("matmul: types " + dtype + " and " + right.dtype + "; both must be the same floating-point type");
        }
        int rank = shape.rank();
        int rightRank = right.shape.rank();
        if (rank < 2 || rightRank < 2 || shape.extent(-1) != right.shape.extent(-2)) {
            throw wrong("matmul: shapes " + shape + " and " + right.shape + " do not fit: [..., m, k] times [..., k, n] is needed");
        }
        Shape result = Shape.of(shape.extent(-2), right.shape.extent(-1));
        if (rightRank == 2 && rank > 2) {
            // One tall matrix instead of many small ones.
            Shape rows = shape.sub(0, rank - 1);
            return reshape(Shape.of((int) rows.size(), shape.extent(-1))).matmul(right).reshape(rows.append(result.extent(1)));
        }
        Shape batch = shape.sub(0, rank - 2).broadcastWith(right.shape.sub(0, rightRank - 2));
        if (batch == null) {
            throw wrong("matmul: the axes before the matrices do not fit: " + shape + " and " + right.shape);
        }
        Expression left = broadcastTo(join(batch, shape.sub(rank - 2, rank)));
        right = right.broadcastTo(join(batch, right.shape.sub(rightRank - 2, rightRank)));
        boolean transposeA = left.isTranspose();
        boolean transposeB = right.isTranspose();
        return graph.product(transposeA ? left.input(0) : left, transposeA, transposeB ? right.input(0) : right, transposeB);
    }

    private static Shape join(Shape first, Shape second) {
        Shape joined = first;
        for (int extent : second.toArray()) {
            joined = joined.append(extent);
        }
        return joined;
    }

    private boolean isTranspose() {
        if (!(op instanceof Op.Permute(List<Integer> order))) {
            return false;
        }
        int rank = order.size();
        for (int i = 0; i < rank - 2; i++) {
            if (order.get(i) != i) {
                return false;
            }
        }
        return order.get(rank - 1) == rank - 2;
    }

    // Shape

    @Override
    public Expression reshape(Shape target) {
        if (shape.equals(target)) {
            return this;
        }
        if (shape.size() != target.size()) {
            throw wrong("reshape: " + shape + " has " + shape.size() + " elements, " + target + " has " + target.size());
        }
        if (op instanceof Op.Reshape) {
            return input(0).reshape(target);
        }
        if (op instanceof Op.Broadcast && input(0).shape.size() == 1) {
            return input(0).reshape(Shape.scalar()).broadcastTo(target);
        }
        return graph.node(new Op.Reshape(), target, dtype, this);
    }

    @Override
    public Expression permute(int... order) {
        List<Integer> axes = new ArrayList<>();
        int[] extents = new int[order.length];
        boolean identity = true;
        for (int i = 0; i < order.length; i++) {
            int axis = shape.axis(order[i]);
            identity &= axis == i;
            axes.add(axis);
            extents[i] = shape.extent(axis);
        }
        if (order.length != shape.rank() || axes.stream().distinct().count() != order.length) {
            throw wrong("permute: " + Arrays.toString(order) + " is not an order of the axes of " + shape);
        }
        if (identity) {
            return this;
        }
        if (op instanceof Op.Permute(List<Integer> before)) {
            return input(0).permute(axes.stream().mapToInt(before::get).toArray());
        }
        return graph.node(new Op.Permute(List.copyOf(axes)), Shape.of(extents), dtype, this);
    }

    @Override
    public Expression broadcastTo(Shape target) {
        if (shape.equals(target)) {
            return this;
        }
        if (!shape.broadcastsTo(target)) {
            throw wrong("broadcast: the shape " + shape + " cannot be repeated to " + target);
        }
        return op instanceof Op.Broadcast ? input(0).broadcastTo(target) : graph.node(new Op.Broadcast(), target, dtype, this);
    }

    @Override
    public Expression slice(int axis, int from, int to) {
        int counted = shape.axis(axis);
        if (from < 0 || to < from || to > shape.extent(counted)) {
            throw wrong("slice: " + from + " to " + to + " does not lie within axis " + axis + " of " + shape);
        }
        return from == 0 && to == shape.extent(counted)
                ? this : graph.node(new Op.Slice(counted, from, to), shape.with(counted, to - from), dtype, this);
    }

    @Override
    public Expression pad(int axis, int before, int after) {
        int counted = shape.axis(axis);
        if (before < 0 || after < 0) {
            throw wrong("pad: " + before + " and " + after + " must not be negative");
        }
        return before == 0 && after == 0
                ? this : graph.node(new Op.Pad(counted, before, after), shape.with(counted, shape.extent(counted) + before + after), dtype, this);
    }

    @Override
    public Expression concat(int axis, List<? extends Tensor> others) {
        int counted = shape.axis(axis);
        List<Expression> parts = new ArrayList<>(List.of(this));
        int extent = shape.extent(counted);
        for (Tensor other : others) {
            Expression part = own(other);
            if (part.dtype != dtype || part.shape.rank() != shape.rank() || !part.shape.with(counted, 0).equals(shape.with(counted, 0))) {
                throw wrong("concat along axis " + axis + ": " + part.dtype + " " + part.shape + " does not fit " + dtype + " " + shape);
            }
            extent += part.shape.extent(counted);
            parts.add(part);
        }
        return parts.size() == 1 ? this
                : graph.node(new Op.Concat(counted), shape.with(counted, extent), dtype, parts.toArray(Expression[]::new));
    }

    @Override
    public Expression gather(Tensor indices) {
        Expression numbers = own(indices);
        if (shape.rank() == 0 || numbers.dtype != DType.INT32) {
            throw wrong("gather picks rows by INT32 numbers, but was given " + numbers.dtype + " " + numbers.shape + " for " + shape);
        }
        return graph.node(new Op.Gather(), join(numbers.shape, shape.without(0)), dtype, this, numbers);
    }

    /**
     * This tensor with the rows that the numbers name replaced: as the next value of a variable it costs as much as those rows. Where a number comes
     * twice, the last one counts. Has no derivative.
     *
     * @param rows in the shape that {@link #gather} gives
     */
    public Expression withRows(Tensor indices, Tensor rows) {
        Expression numbers = own(indices);
        Expression values = own(rows);
        if (!values.shape.equals(gather(numbers).shape) || values.dtype != dtype) {
            throw wrong("withRows: the rows of " + dtype + " " + shape + " at " + numbers.shape + " cannot be " + values.dtype + " " + values.shape);
        }
        return graph.node(new Op.SetRows(), shape, dtype, this, values, numbers);
    }

    @Override
    public Expression scatterAdd(Tensor indices, int rows) {
        Expression numbers = own(indices);
        int rank = numbers.shape.rank();
        if (numbers.dtype != DType.INT32 || shape.rank() < rank || !shape.sub(0, rank).equals(numbers.shape) || dtype == DType.BOOL) {
            throw wrong("scatterAdd: " + dtype + " " + shape + " does not start with the shape of the indices, " + numbers.dtype + " "
                    + numbers.shape);
        }
        return graph.node(new Op.ScatterAdd(), shape.sub(rank, shape.rank()).prepend(rows), dtype, this, numbers);
    }

    @Override
    public Expression unfold(Window window, double outside) {
        int axes = window.axes();
        if (shape.rank() != axes + 2 || !dtype.isFloating()) {
            throw wrong("unfold: a window of " + axes + " axes slides over [n, c, " + axes + " spatial axes] of a floating-point type, not over "
                    + dtype + " " + shape);
        }
        return graph.node(new Op.Unfold(window, outside), unfolded(window, shape.extent(0), shape.extent(1), shape.sub(2, shape.rank())),
                dtype, this);
    }

    @Override
    public Expression fold(Window window, Shape spatial) {
        int axes = window.axes();
        boolean ranks = shape.rank() == 2 * axes + 2 && spatial.rank() == axes && dtype.isFloating();
        if (!ranks || !shape.equals(unfolded(window, shape.extent(axes + 1), shape.extent(0), spatial))) {
            throw wrong("fold: " + dtype + " " + shape + " is not what a window of " + window.size() + " sees of the spatial axes " + spatial);
        }
        return graph.node(new Op.Fold(window), join(Shape.of(shape.extent(axes + 1), shape.extent(0)), spatial), dtype, this);
    }

    private Shape unfolded(Window window, int n, int channels, Shape spatial) {
        Shape result = Shape.of(channels);
        for (int size : window.size()) {
            result = result.append(size);
        }
        result = result.append(n);
        for (int axis = 0; axis < window.axes(); axis++) {
            int positions = window.positions(axis, spatial.extent(axis));
            if (positions < 1) {
                throw wrong("unfold: a window of " + window.size() + " with padding " + window.padding() + " and dilation " + window.dilation()
                        + " does not fit into the spatial axes " + spatial);
            }
            result = result.append(positions);
        }
        return result;
    }

    @Override
    public Expression convolution(Tensor weight, Window window, int groups) {
        Expression w = own(weight);
        requireKernel("convolution", w, window, groups);
        if (shape.rank() != window.axes() + 2 || shape.extent(1) != w.shape.extent(1) * groups) {
            throw wrong("convolution: a weight " + w.shape + " in " + groups + " groups needs an input [n, " + w.shape.extent(1) * groups + ", "
                    + window.axes() + " spatial axes], but it is " + dtype + " " + shape);
        }
        Shape seen = unfolded(window, shape.extent(0), shape.extent(1), shape.sub(2, shape.rank()));
        Shape positions = seen.sub(window.axes() + 2, seen.rank());
        return graph.node(new Op.Convolution(window, groups), join(Shape.of(shape.extent(0), w.shape.extent(0)), positions), dtype, this, w);
    }

    @Override
    public Expression convolutionTransposed(Tensor weight, Window window, int groups, Shape spatial) {
        Expression w = own(weight);
        requireKernel("convolutionTransposed", w, window, groups);
        boolean ranks = shape.rank() == window.axes() + 2 && spatial.rank() == window.axes();
        int channels = w.shape.extent(1) * groups;
        if (!ranks || shape.extent(1) != w.shape.extent(0)
                || !unfolded(window, shape.extent(0), channels, spatial).sub(window.axes() + 1, 2 * window.axes() + 2).equals(shape.without(1))) {
            throw wrong("convolutionTransposed: " + dtype + " " + shape + " is not what a weight " + w.shape + " with a window of " + window.size()
                    + " makes of the spatial axes " + spatial);
        }
        return graph.node(new Op.ConvolutionInput(window, groups), join(Shape.of(shape.extent(0), channels), spatial), dtype, this, w);
    }

    /** The gradient of a convolution's weight, which has {@code size} elements a channel: this is the input, upstream is what flows into the output. */
    public Expression convolutionWeight(Expression upstream, Window window, int groups) {
        Shape size = Shape.of(upstream.shape.extent(1), shape.extent(1) / groups);
        for (int extent : window.size()) {
            size = size.append(extent);
        }
        return graph.node(new Op.ConvolutionWeight(window, groups), size, dtype, this, upstream);
    }

    private void requireKernel(String what, Expression weight, Window window, int groups) {
        int axes = window.axes();
        boolean ranks = dtype.isFloating() && weight.dtype == dtype && weight.shape.rank() == axes + 2;
        if (!ranks || groups < 1 || weight.shape.extent(0) % groups != 0 || !weight.shape.sub(2, axes + 2).equals(Shape.of(window.size().stream().mapToInt(Integer::intValue).toArray()))) {
            throw wrong(what + ": the weight must be " + dtype + " [outputs, inputs / groups, window " + window.size() + "] with outputs that divide into "
                    + groups + " groups, but is " + weight.dtype + " " + weight.shape);
        }
    }

    @Override
    public Expression maxPool(Window window) {
        if (shape.rank() != window.axes() + 2 || !dtype.isFloating()) {
            throw wrong("maxPool: a window of " + window.axes() + " axes slides over [n, c, " + window.axes() + " spatial axes] of a floating-point type, not over "
                    + dtype + " " + shape);
        }
        for (int axis = 0; axis < window.axes(); axis++) {
            if (2 * window.padding().get(axis) > window.dilation().get(axis) * (window.size().get(axis) - 1) + 1) {
                throw wrong("maxPool: a padding of " + window.padding() + " is more than half of the window " + window.size()
                        + ", so that some windows would see nothing");
            }
        }
        Shape seen = unfolded(window, shape.extent(0), shape.extent(1), shape.sub(2, shape.rank()));
        Shape result = join(shape.sub(0, 2), seen.sub(window.axes() + 2, seen.rank()));
        return planeGather(graph.node(new Op.WindowArgMax(window), result, DType.INT32, this));
    }

    /** Elements of the planes [n, c, spatial...] by numbers [n, c, positions...]. */
    public Expression planeGather(Expression numbers) {
        return graph.node(new Op.PlaneGather(), numbers.shape, dtype, this, numbers);
    }

    /** The adjoint of {@link #planeGather}. */
    public Expression planeScatterAdd(Expression numbers, Shape spatial) {
        return graph.node(new Op.PlaneScatterAdd(), join(shape.sub(0, 2), spatial), dtype, this, numbers);
    }

    @Override
    public Expression custom(CustomOp customOp, List<? extends Tensor> others) {
        if (!dtype.isFloating()) {
            throw wrong(customOp.name() + ": the first input must be floating-point, but is " + dtype);
        }
        List<Expression> operands = new ArrayList<>(List.of(this));
        others.forEach(other -> operands.add(own(other)));
        Shape result = customOp.shape(operands.stream().map(Expression::shape).toList());
        return graph.node(new Op.Custom(customOp), result, dtype, operands.toArray(Expression[]::new));
    }

    private Expression own(Tensor other) {
        if (!(other instanceof Expression expression) || expression.graph != graph) {
            throw new IllegalArgumentException("a tensor of another trace cannot be used in this one: " + other);
        }
        return expression;
    }

    private ShapeException wrong(String message) {
        return new ShapeException(graph.scope().isEmpty() ? message : graph.scope() + ": " + message);
    }

    private static String name(Enum<?> function) {
        return function.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The operation with shape, type and origin, for messages. */
    @Override
    public String toString() {
        String what = switch (op) {
            case Op.Leaf leaf -> leaf.name();
            case Op.Constant(double value) -> Double.toString(value);
            case Op.Map1(Unary function) -> name(function);
            case Op.Map2(Binary function) -> name(function);
            case Op.Reduce reduce -> name(reduce.reduction()) + " over " + reduce.axes();
            case Op.Custom(CustomOp custom) -> custom.name();
            case Op.CustomGradient(CustomOp custom, int position) -> "gradient of " + custom.name();
            default -> op.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
        };
        return what + " " + dtype + shape + (origin.isEmpty() ? "" : " of " + origin);
    }
}
