package org.thalweg.app.pipeline;

import java.util.List;
import java.util.Map;
import org.thalweg.api.tensor.DType;
import org.thalweg.autodiff.compile.ElementArrays;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;
import org.thalweg.autodiff.graph.Op;
import org.thalweg.autodiff.reference.ReferenceEvaluator;

/**
 * A step computed again by the reference evaluator, from the arrays of a program that has just run.
 *
 * @param evaluator holds every value
 * @param dtype the model's
 */
record Replay(ReferenceEvaluator evaluator, DType dtype) {
    /**
     * Where a number stopped being finite.
     *
     * @param node the topologically first that is not finite though its inputs are
     * @param chosenBy the operation that let its value through
     */
    record Cause(Expression node, Expression chosenBy) {}

    static Replay of(ModelTrace model, List<Expression> roots, Map<Expression, Variable> more, long seed, long step) {
        ReferenceEvaluator evaluator = new ReferenceEvaluator(seed, step);
        model.columns().asked().forEach((leaf, column) -> evaluator.set(leaf, ElementArrays.toDoubles(column.array(), (int) leaf.shape().size())));
        model.layers().leaves().forEach((leaf, variable) -> evaluator.set(leaf, variable.toDoubles()));
        more.forEach((leaf, variable) -> evaluator.set(leaf, variable.toDoubles()));
        for (Expression node : Graph.reachable(roots)) {
            double[] value = evaluator.value(node);
            if (node.dtype() == DType.FLOAT32) {
                // The evaluator computes in double: rounding every value shows what overflows or vanishes in single precision.
                for (int i = 0; i < value.length; i++) {
                    value[i] = (float) value[i];
                }
            }
        }
        return new Replay(evaluator, model.loss().dtype());
    }

    double[] value(Expression node) {
        return evaluator.value(node);
    }

    /** The position of the first element that is not finite, or -1. */
    int firstBad(Expression node) {
        double[] value = value(node);
        for (int i = 0; i < value.length; i++) {
            if (!Double.isFinite(value[i])) {
                return i;
            }
        }
        return -1;
    }

    /** Goes back from a node that is not finite to where that began. Ids fall, so the last one found is topologically first. */
    Cause cause(Expression root) {
        Expression[] chosenBy = new Expression[root.id() + 1];
        chosenBy[root.id()] = root;
        Expression first = root;
        for (int id = root.id(); id >= 0; id--) {
            if (chosenBy[id] != null) {
                Expression node = root.graph().node(id);
                boolean explained = false;
                for (int position = 0; position < node.inputs().size(); position++) {
                    if (spoils(node, position)) {
                        boolean chooses = !(node.op() instanceof Op.Broadcast || node.op() instanceof Op.Reshape);
                        chosenBy[node.input(position).id()] = chooses ? node : chosenBy[id];
                        explained = true;
                    }
                }
                first = explained ? first : node;
            }
        }
        return new Cause(first, chosenBy[first.id()]);
    }

    /**
     * Whether a value that is not finite comes from an input. What {@code where} does not choose does not count, nor does a constant infinity,
     * which somebody wrote on purpose.
     */
    private boolean spoils(Expression node, int position) {
        Expression input = node.input(position);
        if (!input.dtype().isFloating() || Double.isInfinite(input.constantValue().orElse(0))) {
            return false;
        }
        double[] x = value(input);
        double[] y = value(node);
        double[] condition = node.op() instanceof Op.Where ? value(node.input(0)) : null;
        boolean sameElements = isElementWise(node.op());
        for (int i = 0; i < x.length; i++) {
            boolean chosen = condition == null || (condition[i] != 0) == (position == 1);
            if (chosen && !Double.isFinite(x[i]) && (!sameElements || !Double.isFinite(y[i]))) {
                return true;
            }
        }
        return false;
    }

    /** The node with the largest number of all that the roots need. */
    Expression largest(List<Expression> roots) {
        Expression largest = roots.getFirst();
        for (Expression node : Graph.reachable(roots)) {
            if (node.dtype() == dtype && extreme(node) > extreme(largest)) {
                largest = node;
            }
        }
        return largest;
    }

    /** The largest absolute value in a node. */
    double extreme(Expression node) {
        double extreme = 0;
        for (double number : value(node)) {
            extreme = Math.max(extreme, Math.abs(number));
        }
        return extreme;
    }

    private static boolean isElementWise(Op op) {
        return switch (op) {
            case Op.Map1 map -> true;
            case Op.Map2 map -> true;
            case Op.Where where -> true;
            case Op.Cast cast -> true;
            case Op.StopGradient stop -> true;
            case Op.Reshape reshape -> true;
            default -> false;
        };
    }
}
