package org.thalweg.autodiff.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;
import org.thalweg.autodiff.graph.Op;

/**
 * Rewrites a computation before it is fused. Reductions get the two forms that loops have: over the last axis alone, or over any axes but the last (axes of
 * extent 1 do not count); slices of slices become one, and long sums as {@link Sums} says.
 */
final class Canonical {
    /** An axis that is worth a loop of its own. */
    private static final int SHORT_AXIS = 128;

    private final Expression[] rewritten;

    private final Sums sums;

    private Canonical(int nodes, Sums sums) {
        rewritten = new Expression[nodes];
        this.sums = sums;
    }

    /** The rewritten form of each of the given nodes. */
    static List<Expression> of(List<Expression> nodes) {
        if (nodes.isEmpty()) {
            return nodes;
        }
        List<Expression> reachable = Graph.reachable(nodes);
        Canonical canonical = new Canonical(nodes.getFirst().graph().size(), new Sums(reachable, nodes));
        for (Expression node : reachable) {
            canonical.rewritten[node.id()] = canonical.rewrite(node);
        }
        return nodes.stream().map(node -> canonical.rewritten[node.id()]).toList();
    }

    private Expression rewrite(Expression node) {
        Expression sum = sums.better(node, rewritten);
        if (sum != null) {
            return sum;
        }
        boolean same = true;
        List<Expression> inputs = node.inputs();
        for (int i = 0; i < inputs.size() && same; i++) {
            same = rewritten[inputs.get(i).id()] == inputs.get(i);
        }
        Expression current = same ? node
                : node.graph().rebuild(node, inputs.stream().map(input -> rewritten[input.id()]).toList());
        return switch (current.op()) {
            case Op.Reduce reduce when current.dtype() != DType.INT32 -> split(current, reduce);
            case Op.Slice slice -> whole(current, slice);
            case Op.Concat concat -> alongFirst(current, concat);
            default -> current;
        };
    }

    /** A slice of a slice is one of the whole. */
    private static Expression whole(Expression node, Op.Slice slice) {
        return node.input(0).op() instanceof Op.Slice(int axis, int from, _) && axis == slice.axis()
                ? node.graph().inScope(node.origin(), () -> node.input(0).input(0).slice(axis, from + slice.from(), from + slice.to())) : node;
    }

    /** Parts that follow each other in memory are the rows of one matrix, whatever their shapes are; so that two that differ in nothing else are one. */
    private static Expression alongFirst(Expression node, Op.Concat concat) {
        Shape shape = node.shape();
        for (int axis = 0; axis < concat.axis(); axis++) {
            if (shape.extent(axis) != 1) {
                return node;
            }
        }
        List<Expression> parts = node.inputs().stream().map(Fusion::base).toList();
        int columns = parts.getFirst().shape().rank() == 0 ? 1 : parts.getFirst().shape().extent(-1);
        boolean rows = parts.stream().allMatch(part -> part.shape().rank() == 2 && part.shape().extent(-1) == columns);
        if (!rows || parts.equals(node.inputs())) {
            return node;
        }
        return node.graph().inScope(node.origin(), () -> parts.getFirst().concat(0, parts.subList(1, parts.size())).reshape(shape));
    }

    private static Expression split(Expression node, Op.Reduce reduce) {
        Expression joined = joinedLastAxes(node, reduce);
        if (joined != null) {
            return joined;
        }
        Expression value = node.input(0);
        List<Integer> left = new ArrayList<>(reduce.axes());
        while (left.size() > 1 && left.contains(lastAxis(value.shape()))) {
            Integer last = lastAxis(value.shape());
            value = reduce(value, reduce.reduction(), last);
            left.remove(last);
        }
        return left.size() == reduce.axes().size() ? node
                : reduce(value, reduce.reduction(), left.stream().mapToInt(Integer::intValue).toArray());
    }

    /**
     * A reduction over the last axes and over some before, but not all, as the gradient of a convolution's bias is: the last axes are short, and a loop over each
     * of their rows would be too, so they are taken as one. Null where nothing is won.
     */
    private static Expression joinedLastAxes(Expression node, Op.Reduce reduce) {
        Shape shape = node.input(0).shape();
        int first = shape.rank();
        while (first > 0 && (reduce.axes().contains(first - 1) || shape.extent(first - 1) == 1)) {
            first--;
        }
        Shape last = shape.sub(first, shape.rank());
        if (first == 0 || squeezed(last).length < 2 || squeezed(last)[squeezed(last).length - 1] > SHORT_AXIS) {
            return null;
        }
        int start = first;
        Expression value = node.input(0).reshape(shape.sub(0, start).append((int) last.size()));
        value = reduce(value, reduce.reduction(), start);
        int[] left = reduce.axes().stream().filter(axis -> axis < start).mapToInt(Integer::intValue).toArray();
        value = left.length == 0 ? value : reduce(value, reduce.reduction(), left);
        return value.reshape(node.shape());
    }

    private static Expression reduce(Expression value, Op.Reduction reduction, int... axes) {
        return reduction == Op.Reduction.SUM ? value.sumKeepingAxes(axes) : value.maxKeepingAxes(axes);
    }

    /** The last axis whose extent is not 1. */
    static int lastAxis(Shape shape) {
        int axis = shape.rank() - 1;
        while (axis >= 0 && shape.extent(axis) == 1) {
            axis--;
        }
        return axis;
    }

    /** The extents that are not 1. */
    static int[] squeezed(Shape shape) {
        return Arrays.stream(shape.toArray()).filter(extent -> extent != 1).toArray();
    }
}
