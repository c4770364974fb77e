package org.thalweg.autodiff.gradient;

import java.util.List;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Window;
import org.thalweg.autodiff.graph.Binary;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;
import org.thalweg.autodiff.graph.Op;
import org.thalweg.autodiff.graph.Unary;

/**
 * Reverse-mode differentiation. The gradient is an expression in the same graph, built from the rules below, so it can be differentiated
 * again. Nodes are visited in falling order of their numbers; there is no recursion.
 */
public final class Gradients {
    private final Expression[] adjoints;

    private Gradients(int nodes) {
        adjoints = new Expression[nodes];
    }

    /**
     * The derivatives of a scalar.
     *
     * @param scalar of size 1
     * @param with the nodes to differentiate with respect to; usually variables
     * @return one expression for each, of its shape; zeros where the scalar does not depend on it
     */
    public static List<Expression> of(Expression scalar, List<Expression> with) {
        if (scalar.shape().size() != 1) {
            throw new IllegalArgumentException("only a scalar can be differentiated, but this is " + scalar);
        }
        return of(scalar, scalar.constant(1).broadcastTo(scalar.shape()), with);
    }

    /**
     * The product of a vector and the Jacobian.
     *
     * @param output a node of any shape
     * @param upstream what flows into it from behind, of the same shape
     * @param with the nodes to differentiate with respect to
     */
    public static List<Expression> of(Expression output, Expression upstream, List<Expression> with) {
        Gradients gradients = new Gradients(output.id() + 1);
        boolean[] depends = dependents(output, with);
        if (depends[output.id()]) {
            gradients.adjoints[output.id()] = upstream;
        }
        for (int id = output.id(); id >= 0; id--) {
            if (gradients.adjoints[id] != null) {
                Expression node = output.graph().node(id);
                Expression adjoint = gradients.adjoints[id];
                output.graph().inScope(node.origin(), () -> {
                    gradients.visit(node, adjoint, depends);
                    return null;
                });
            }
        }
        return with.stream()
                .map(x -> x.id() < gradients.adjoints.length && gradients.adjoints[x.id()] != null
                        ? gradients.adjoints[x.id()] : (Expression) x.zerosLike())
                .toList();
    }

    /** Which nodes a derivative can flow through: those that depend on one of the wanted ones. */
    private static boolean[] dependents(Expression output, List<Expression> with) {
        boolean[] depends = new boolean[output.id() + 1];
        for (Expression x : with) {
            if (x.id() < depends.length) {
                depends[x.id()] = true;
            }
        }
        for (Expression node : Graph.reachable(List.of(output))) {
            if (node.dtype().isFloating() && !(node.op() instanceof Op.StopGradient)) {
                for (Expression input : node.inputs()) {
                    depends[node.id()] |= depends[input.id()];
                }
            }
        }
        return depends;
    }

    private void visit(Expression node, Expression g, boolean[] depends) {
        for (int position = 0; position < node.inputs().size(); position++) {
            Expression input = node.input(position);
            if (depends[input.id()]) {
                Expression part = rule(node, position, g);
                if (part != null) {
                    Expression sum = adjoints[input.id()];
                    adjoints[input.id()] = sum == null ? part : sum.add(part);
                }
            }
        }
    }

    /** What flows to one input of a node, or null for nothing. Where a derivative does not exist, the choice is PyTorch's. */
    private static Expression rule(Expression y, int position, Expression g) {
        Expression x = y.input(position);
        Graph graph = y.graph();
        return switch (y.op()) {
            case Op.Map1(Unary function) -> unary(function, x, y, g);
            case Op.Map2(Binary function) -> binary(function, y.input(0), y.input(1), y, g, position == 0);
            case Op.Where() -> position == 0 ? null
                    : position == 1 ? y.input(0).where(g, g.zerosLike()) : y.input(0).where(g.zerosLike(), g);
            case Op.Cast() -> g.cast(x.dtype());
            case Op.Broadcast() -> sumTo(x.shape(), g);
            case Op.Reshape() -> g.reshape(x.shape());
            case Op.Permute(List<Integer> order) -> g.permute(inverse(order));
            case Op.Reduce reduce when reduce.reduction() == Op.Reduction.SUM -> g.broadcastTo(x.shape());
            case Op.Reduce reduce -> {
                // Equal largest elements share.
                Expression largest = x.equal(y.broadcastTo(x.shape())).cast(x.dtype());
                Expression count = largest.sumKeepingAxes(reduce.axes().stream().mapToInt(Integer::intValue).toArray());
                yield largest.mul(g.div(count));
            }
            case Op.MatMul(boolean ta, boolean tb) -> position == 0
                    ? (ta ? graph.product(y.input(1), tb, g, true) : graph.product(g, false, y.input(1), !tb))
                    : (tb ? graph.product(g, true, y.input(0), ta) : graph.product(y.input(0), !ta, g, false));
            case Op.Slice(int axis, int from, int to) -> g.pad(axis, from, x.shape().extent(axis) - to);
            case Op.Pad(int axis, int before, int after) -> g.slice(axis, before, before + x.shape().extent(axis));
            case Op.Concat(int axis) -> {
                int from = 0;
                for (int i = 0; i < position; i++) {
                    from += y.input(i).shape().extent(axis);
                }
                yield g.slice(axis, from, from + x.shape().extent(axis));
            }
            case Op.Gather() -> position == 0 ? g.scatterAdd(y.input(1), x.shape().extent(0)) : null;
            case Op.ScatterAdd() -> position == 0 ? g.gather(y.input(1)) : null;
            case Op.SetRows() -> throw new IllegalArgumentException("a tensor whose rows were set cannot be differentiated");
            case Op.Unfold(Window window, double outside) -> g.fold(window, x.shape().sub(2, x.shape().rank()));
            case Op.Fold(Window window) -> g.unfold(window, 0);
            case Op.Convolution(Window window, int groups) -> position == 0
                    ? g.convolutionTransposed(y.input(1), window, groups, x.shape().sub(2, x.shape().rank()))
                    : y.input(0).convolutionWeight(g, window, groups);
            case Op.ConvolutionInput(Window window, int groups) -> position == 0
                    ? g.convolution(y.input(1), window, groups) : g.convolutionWeight(y.input(0), window, groups);
            case Op.ConvolutionWeight(Window window, int groups) -> position == 0
                    ? y.input(1).convolutionTransposed(g, window, groups, x.shape().sub(2, x.shape().rank()))
                    : y.input(0).convolution(g, window, groups);
            case Op.WindowArgMax argMax -> null;
            case Op.PlaneGather gather -> position == 0 ? g.planeScatterAdd(y.input(1), x.shape().sub(2, x.shape().rank())) : null;
            case Op.PlaneScatterAdd scatter -> position == 0 ? g.planeGather(y.input(1)) : null;
            case Op.Custom custom -> x.dtype().isFloating() ? graph.customGradient(y, position, g) : null;
            case Op.CustomGradient custom -> throw new IllegalArgumentException(
                    "the custom operation '" + custom.op().name() + "' can be differentiated only once");
            case Op.Leaf leaf -> null;
            case Op.Constant constant -> null;
            case Op.Literal literal -> null;
            case Op.Range range -> null;
            case Op.Random random -> null;
            case Op.StopGradient stop -> null;
            case Op.ArgMax argMax -> null;
        };
    }

    private static Expression unary(Unary function, Expression x, Expression y, Expression g) {
        return switch (function) {
            case NEG -> g.neg();
            case ABS -> g.mul(x.sign());
            case SQRT -> g.div(y.mul(y.constant(2)));
            case EXP -> g.mul(y);
            case EXPM1 -> g.mul(y.add(y.constant(1)));
            case LOG -> g.div(x);
            case LOG1P -> g.div(x.add(x.constant(1)));
            case SIN -> g.mul(x.cos());
            case COS -> g.mul(x.sin()).neg();
            case TAN -> g.mul(y.mul(y).add(y.constant(1)));
            case ASIN -> g.div(x.constant(1).sub(x.mul(x)).sqrt());
            case ACOS -> g.div(x.constant(1).sub(x.mul(x)).sqrt()).neg();
            case ATAN -> g.div(x.mul(x).add(x.constant(1)));
            case SINH -> g.mul(x.cosh());
            case COSH -> g.mul(x.sinh());
            case TANH -> g.mul(y.constant(1).sub(y.mul(y)));
            case ERF -> g.mul(x.mul(x).neg().exp().mul(x.constant(2 / Math.sqrt(Math.PI))));
            case SIGMOID -> g.mul(y.mul(y.constant(1).sub(y)));
            case SOFTPLUS -> g.mul(x.sigmoid());
            case SIGN, FLOOR, CEIL, ROUND, NOT -> null;
        };
    }

    private static Expression binary(Binary function, Expression a, Expression b, Expression y, Expression g, boolean left) {
        return switch (function) {
            case ADD -> g;
            case SUB -> left ? g : g.neg();
            case MUL -> g.mul(left ? b : a);
            case DIV -> left ? g.div(b) : g.mul(y).div(b).neg();
            case POW -> left ? b.equal(b.constant(0)).where(g.zerosLike(), g.mul(b.mul(a.pow(b.sub(b.constant(1))))))
                    : logarithmOfBase(a, b, y, g);
            case MAX -> share(g, left ? b.less(a) : a.less(b), a.equal(b));
            case MIN -> share(g, left ? a.less(b) : b.less(a), a.equal(b));
            case LESS, LESS_OR_EQUAL, EQUAL, AND, OR -> null;
        };
    }

    /** g a^b log a, and 0 where a = 0 and b >= 0, as the limit is. */
    private static Expression logarithmOfBase(Expression a, Expression b, Expression y, Expression g) {
        Expression flat = a.equal(a.constant(0)).and(b.constant(0).lessOrEqual(b));
        return flat.where(g.zerosLike(), g.mul(y).mul(flat.where(a.onesLike(), a).log()));
    }

    /** All to the one that won, half to each of equals. */
    private static Expression share(Expression g, Expression won, Expression equal) {
        return won.where(g, equal.where(g.mul(g.constant(0.5)), g.zerosLike()));
    }

    private static Expression sumTo(Shape shape, Expression g) {
        int added = g.shape().rank() - shape.rank();
        int[] axes = new int[g.shape().rank()];
        int count = 0;
        for (int axis = 0; axis < axes.length; axis++) {
            if (axis < added || shape.extent(axis - added) != g.shape().extent(axis)) {
                axes[count++] = axis;
            }
        }
        Expression sum = count == 0 ? g : g.sumKeepingAxes(java.util.Arrays.copyOf(axes, count));
        return sum.reshape(shape);
    }

    private static int[] inverse(List<Integer> order) {
        int[] inverse = new int[order.size()];
        for (int i = 0; i < inverse.length; i++) {
            inverse[order.get(i)] = i;
        }
        return inverse;
    }
}
