package org.thalweg.autodiff.compile;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.thalweg.api.tensor.Shape;
import org.thalweg.autodiff.compile.LoopBody.Code;
import org.thalweg.autodiff.compile.LoopBody.Instruction;
import org.thalweg.autodiff.compile.LoopBody.Place;
import org.thalweg.autodiff.compile.LoopBody.Type;
import org.thalweg.autodiff.graph.Binary;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Op;
import org.thalweg.autodiff.graph.Unary;

/** Turns a cluster into a loop body. A node is lowered for a map from its axes to the loops: changes of index cost nothing. */
final class Lowering {
    private record At(Expression node, List<Integer> axes) {}

    private final Fusion fusion;
    private final Fusion.Cluster cluster;
    private final Function<Expression, Placement.Place> places;
    private final ToIntFunction<Expression> buffers;
    private final ToIntFunction<Expression> hostScalars;
    private final LoopBody body;
    private final Map<At, Instruction> lowered = new HashMap<>();

    private Lowering(
            Fusion fusion, Fusion.Cluster cluster, Function<Expression, Placement.Place> places, ToIntFunction<Expression> buffers,
            ToIntFunction<Expression> hostScalars) {
        this.fusion = fusion;
        this.cluster = cluster;
        this.places = places;
        this.buffers = buffers;
        this.hostScalars = hostScalars;
        this.body = new LoopBody(cluster.domain.length == 0 ? new int[] {1} : cluster.domain);
    }

    /**
     * The loop body of a cluster.
     *
     * @param places where a node is that is kept or a leaf
     * @param buffers the array of the owner of a place
     * @param hostScalars the position of a number that the host computes
     */
    static LoopBody lower(Fusion fusion, Fusion.Cluster cluster, Function<Expression, Placement.Place> places, ToIntFunction<Expression> buffers,
            ToIntFunction<Expression> hostScalars) {
        Lowering lowering = new Lowering(fusion, cluster, places, buffers, hostScalars);
        // Stores were collected from the end; the order of the graph gives stable code.
        cluster.stores.reversed().forEach(lowering::store);
        lowering.body.mergeAxes();
        return lowering.body;
    }

    private void store(Expression node) {
        Type type = Type.of(node.dtype());
        if (node.op() instanceof Op.Reduce reduce) {
            Expression input = node.input(0);
            int[] axes = inOrder(input.shape());
            Instruction value = lower(input, axes);
            boolean sum = reduce.reduction() == Op.Reduction.SUM;
            int[] strides = strides(node.shape(), Placement.strides(node.shape()), axes);
            if (reduce.axes().contains(Canonical.lastAxis(input.shape()))) {
                body.stores.add(new LoopBody.Store(body.operand(buffers.applyAsInt(node), type, strides), body.reduce(sum, value)));
            } else {
                body.accumulates.add(new LoopBody.Accumulate(body.operand(buffers.applyAsInt(node), type, strides), sum, value));
            }
            return;
        }
        int[] axes = inOrder(node.shape());
        Instruction value = compute(node, axes);
        Placement.Place place = places.apply(node);
        int[] strides = cluster.domain.length == 0 ? new int[] {1} : strides(node.shape(), place.strides(), axes);
        body.stores.add(new LoopBody.Store(body.operand(buffers.applyAsInt(place.owner()), type, strides, place.start()), value));
    }

    /** The axes that are not 1, mapped to the loops in order. */
    private static int[] inOrder(Shape shape) {
        int[] axes = new int[shape.rank()];
        int next = 0;
        for (int axis = 0; axis < axes.length; axis++) {
            axes[axis] = shape.extent(axis) == 1 ? -1 : next++;
        }
        return axes;
    }

    /** The stride of each loop in an array whose axes are mapped to loops. */
    private int[] strides(Shape shape, int[] ofAxes, int[] axes) {
        int[] strides = new int[body.rank()];
        for (int axis = 0; axis < axes.length; axis++) {
            if (shape.extent(axis) != 1 && axes[axis] >= 0) {
                strides[axes[axis]] = ofAxes[axis];
            }
        }
        return strides;
    }

    private Instruction lower(Expression node, int[] axes) {
        At key = new At(node, Arrays.stream(axes).boxed().toList());
        Instruction known = lowered.get(key);
        if (known == null) {
            known = fusion.isLoaded(node, cluster) ? load(node, axes) : compute(node, axes);
            lowered.put(key, known);
        }
        return known;
    }

    private Instruction load(Expression node, int[] axes) {
        Placement.Place place = places.apply(node);
        return body.load(buffers.applyAsInt(place.owner()), Type.of(node.dtype()), strides(node.shape(), place.strides(), axes), place.start());
    }

    private Instruction compute(Expression node, int[] axes) {
        Type type = Type.of(node.dtype());
        OptionalDouble constant = node.constantValue();
        if (constant.isPresent()) {
            return type.isFloating() ? body.constant(type, constant.getAsDouble())
                    : body.integer(type, (long) constant.getAsDouble());
        }
        if (fusion.isHost(node) || isScalarLeaf(node)) {
            return body.scalar(hostScalars.applyAsInt(node), type);
        }
        return switch (node.op()) {
            case Op.Map1(Unary function) -> unary(function, type, lower(node.input(0), axes));
            case Op.Map2(Binary function) -> binary(function, type, lower(node.input(0), axes), lower(node.input(1), axes));
            case Op.Where where -> select(lower(node.input(0), axes), lower(node.input(1), axes), lower(node.input(2), axes));
            case Op.Cast cast -> cast(lower(node.input(0), axes), type);
            case Op.StopGradient stop -> lower(node.input(0), axes);
            case Op.Reshape reshape -> lower(node.input(0), throughUnitAxes(node.shape(), node.input(0).shape(), axes));
            case Op.Broadcast broadcast -> lower(node.input(0), behind(node.shape(), node.input(0).shape(), axes));
            case Op.Range range -> axes[0] < 0 ? body.integer(Type.INT32, 0) : body.index(axes[0]);
            case Op.Reduce reduce -> body.reduce(reduce.reduction() == Op.Reduction.SUM,
                    lower(node.input(0), inOrder(node.input(0).shape())));
            default -> throw new IllegalStateException(node + " is not computed in a loop");
        };
    }

    private static boolean isScalarLeaf(Expression node) {
        return node.op() instanceof Op.Leaf leaf && leaf.kind() == Op.LeafKind.SCALAR;
    }

    /** The loops of a shape that differs from another only in axes of extent 1. */
    private static int[] throughUnitAxes(Shape shape, Shape input, int[] axes) {
        int[] known = new int[axes.length];
        int count = 0;
        for (int axis = 0; axis < axes.length; axis++) {
            if (shape.extent(axis) != 1) {
                known[count++] = axes[axis];
            }
        }
        int[] mapped = new int[input.rank()];
        int next = 0;
        for (int axis = 0; axis < mapped.length; axis++) {
            mapped[axis] = input.extent(axis) == 1 ? -1 : known[next++];
        }
        return mapped;
    }

    /** The loops of a shape that is repeated to another. */
    private static int[] behind(Shape shape, Shape input, int[] axes) {
        int[] mapped = new int[input.rank()];
        for (int axis = 0; axis < mapped.length; axis++) {
            mapped[axis] = input.extent(axis) == 1 ? -1 : axes[axis + shape.rank() - input.rank()];
        }
        return mapped;
    }

    private Instruction unary(Unary function, Type type, Instruction x) {
        if (function == Unary.NOT) {
            return body.apply(Code.NOT, Type.BOOL, 0, x);
        }
        if (type == Type.INT32) {
            return integerUnary(function, x);
        }
        BodyArithmetic loop = new BodyArithmetic(body, type);
        return switch (function) {
            case NEG -> loop.neg(x);
            case ABS -> loop.abs(x);
            case SIGN -> ElementaryFunctions.sign(loop, x);
            case SQRT -> loop.sqrt(x);
            case EXP -> ElementaryFunctions.exp(loop, x);
            case EXPM1 -> ElementaryFunctions.expm1(loop, x);
            case LOG -> ElementaryFunctions.log(loop, x);
            case LOG1P -> ElementaryFunctions.log1p(loop, x);
            case SIN -> ElementaryFunctions.sin(loop, x);
            case COS -> ElementaryFunctions.cos(loop, x);
            case TAN -> ElementaryFunctions.tan(loop, x);
            case ASIN -> ElementaryFunctions.asin(loop, x);
            case ACOS -> ElementaryFunctions.acos(loop, x);
            case ATAN -> ElementaryFunctions.atan(loop, x);
            case SINH -> ElementaryFunctions.sinh(loop, x);
            case COSH -> ElementaryFunctions.cosh(loop, x);
            case TANH -> ElementaryFunctions.tanh(loop, x);
            case ERF -> ElementaryFunctions.erf(loop, x);
            case SIGMOID -> ElementaryFunctions.sigmoid(loop, x);
            case SOFTPLUS -> ElementaryFunctions.softplus(loop, x);
            case FLOOR -> ElementaryFunctions.floor(loop, x);
            case CEIL -> ElementaryFunctions.ceil(loop, x);
            case ROUND -> ElementaryFunctions.rint(loop, x);
            case NOT -> throw new IllegalStateException();
        };
    }

    private Instruction integerUnary(Unary function, Instruction x) {
        Instruction zero = body.integer(Type.INT32, 0);
        Instruction negative = body.apply(Code.LESS, Type.BOOL, 0, x, zero);
        Instruction opposite = body.apply(Code.SUB, Type.INT32, 0, zero, x);
        return switch (function) {
            case NEG -> opposite;
            case ABS -> select(negative, opposite, x);
            case SIGN -> select(negative, body.integer(Type.INT32, -1),
                    select(body.apply(Code.LESS, Type.BOOL, 0, zero, x), body.integer(Type.INT32, 1), zero));
            default -> throw new IllegalStateException(function + " of integers");
        };
    }

    private Instruction binary(Binary function, Type type, Instruction x, Instruction y) {
        return switch (function) {
            case ADD -> body.apply(Code.ADD, type, 0, x, y);
            case SUB -> body.apply(Code.SUB, type, 0, x, y);
            case MUL -> body.apply(Code.MUL, type, 0, x, y);
            case DIV -> divide(type, x, y);
            case POW -> body.apply(Code.POW, type, 0, x, y);
            case MAX -> body.apply(Code.MAX, type, 0, x, y);
            case MIN -> body.apply(Code.MIN, type, 0, x, y);
            case LESS -> body.apply(Code.LESS, Type.BOOL, 0, x, y);
            case LESS_OR_EQUAL -> body.apply(Code.LESS_OR_EQUAL, Type.BOOL, 0, x, y);
            case EQUAL -> x.type() == Type.BOOL
                    ? not(body.apply(Code.XOR, Type.BOOL, 0, x, y)) : body.apply(Code.EQUAL, Type.BOOL, 0, x, y);
            case AND -> body.apply(Code.AND, Type.BOOL, 0, x, y);
            case OR -> body.apply(Code.OR, Type.BOOL, 0, x, y);
        };
    }

    private Instruction not(Instruction mask) {
        return body.apply(Code.NOT, Type.BOOL, 0, mask);
    }

    /** A division by a number of the whole kernel is one reciprocal and many products, as long as the reciprocal keeps its precision. */
    private Instruction divide(Type type, Instruction x, Instruction y) {
        boolean once = y.place() == Place.KERNEL && x.place() != Place.KERNEL && type.isFloating();
        boolean exact = y.code() == Code.CONSTANT && isPowerOfTwo(Double.longBitsToDouble(y.payload()), type);
        if (once && (exact || y.code() == Code.SCALAR)) {
            return body.apply(Code.MUL, type, 0, x, body.apply(Code.DIV, type, 0, body.constant(type, 1), y));
        }
        return body.apply(Code.DIV, type, 0, x, y);
    }

    private static boolean isPowerOfTwo(double value, Type type) {
        int exponent = Math.getExponent(value);
        int most = type == Type.FLOAT32 ? 120 : 1000;
        return Math.abs(exponent) < most && Math.abs(value) == Math.scalb(1.0, exponent);
    }

    private Instruction select(Instruction mask, Instruction whereTrue, Instruction elsewhere) {
        if (whereTrue.type() != Type.BOOL) {
            return body.apply(Code.SELECT, whereTrue.type(), 0, mask, whereTrue, elsewhere);
        }
        return body.apply(Code.OR, Type.BOOL, 0, body.apply(Code.AND, Type.BOOL, 0, mask, whereTrue),
                body.apply(Code.AND, Type.BOOL, 0, not(mask), elsewhere));
    }

    private Instruction cast(Instruction x, Type to) {
        Type from = x.type();
        if (to == Type.BOOL) {
            return not(body.apply(Code.EQUAL, Type.BOOL, 0, x, from.isFloating() ? body.constant(from, 0) : body.integer(from, 0)));
        }
        if (from == Type.BOOL) {
            return to.isFloating() ? select(x, body.constant(to, 1), body.constant(to, 0))
                    : select(x, body.integer(to, 1), body.integer(to, 0));
        }
        return body.apply(Code.CONVERT, to, 0, x);
    }

    /**
     * The floating-point type that vectors can have for this body, or null where it must be scalar.
     *
     * @param first the outermost place that vectors are used in
     */
    static Type vectorType(LoopBody body, Place first) {
        Type floating = null;
        for (LoopBody.Operand operand : body.operands) {
            boolean varies = first == Place.ELEMENT ? operand.strides()[body.rank() - 1] != 0 : Arrays.stream(operand.strides()).anyMatch(stride -> stride != 0);
            if (varies && operand.type() == Type.BOOL) {
                return null;
            }
        }
        for (Instruction i : body.instructions) {
            if (i.place().compareTo(first) >= 0) {
                boolean integerDivision = i.code() == Code.DIV && i.type() == Type.INT32;
                boolean maskXor = i.code() == Code.XOR && i.type() == Type.BOOL;
                if (i.code() == Code.POW || integerDivision || maskXor) {
                    return null;
                }
                if (i.type().isFloating()) {
                    if (floating != null && floating != i.type()) {
                        return null;
                    }
                    floating = i.type();
                }
            }
        }
        Type found = floating;
        boolean mixed = body.instructions.stream().anyMatch(i -> i.place().compareTo(first) >= 0
                && (i.type() == Type.INT32 && found == Type.FLOAT64 || i.type() == Type.INT64 && found == Type.FLOAT32));
        return mixed ? null : floating;
    }

    /** Whether C2 turns the plain scalar loop into vector code by itself, and sooner than Vector API calls. */
    static boolean isPlainArithmetic(LoopBody body) {
        return body.isFlat() && body.instructions.stream().filter(i -> i.place() == Place.ELEMENT).allMatch(i -> i.type().isFloating()
                && switch (i.code()) {
                    case LOAD, ADD, SUB, MUL, DIV, NEG, ABS, SQRT, MIN, MAX, FMA -> true;
                    default -> false;
                });
    }
}
