package org.thalweg.autodiff.compile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.api.tensor.DType;
import org.thalweg.autodiff.graph.Binary;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Op;
import org.thalweg.autodiff.graph.Unary;

/**
 * The numbers of a run that depend on scalars and constants alone: computed once before the loops, in double, and rounded only when a loop reads them.
 */
final class HostScalars {
    /** One operation; arguments and result are positions among the values. */
    private record Operation(Op op, DType dtype, int[] arguments, int result) {}

    private final Map<Expression, Integer> positions = new HashMap<>();
    private final List<Operation> operations = new ArrayList<>();
    private final List<Double> initial = new ArrayList<>();

    /** The position of a node's value, with everything it needs. */
    int position(Expression wanted) {
        // Not Graph.reachable, which looks at the whole graph: there may be as many wanted numbers as nodes.
        Deque<Expression> pending = new ArrayDeque<>();
        pending.push(wanted);
        while (!pending.isEmpty()) {
            Expression node = pending.peek();
            List<Expression> missing = positions.containsKey(node) ? List.of()
                    : node.inputs().stream().filter(input -> !positions.containsKey(input)).toList();
            if (missing.isEmpty()) {
                pending.pop();
                if (!positions.containsKey(node)) {
                    add(node);
                }
            } else {
                missing.forEach(pending::push);
            }
        }
        return positions.get(wanted);
    }

    private void add(Expression node) {
        int position = initial.size();
        switch (node.op()) {
            case Op.Constant(double value) -> initial.add(value);
            case Op.Leaf leaf -> initial.add(Double.NaN);
            case Op.Broadcast broadcast -> position = positions.get(node.input(0));
            case Op.Reshape reshape -> position = positions.get(node.input(0));
            case Op.StopGradient stop -> position = positions.get(node.input(0));
            default -> {
                initial.add(0.0);
                operations.add(new Operation(node.op(), node.dtype(), node.inputs().stream().mapToInt(positions::get).toArray(), position));
            }
        }
        positions.put(node, position);
    }

    /** The position of a leaf, or -1 where no loop needs it. */
    int leaf(Expression scalar) {
        return positions.getOrDefault(scalar, -1);
    }

    double[] values() {
        return initial.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The operations as they are run. */
    Runner runner() {
        return new Runner(operations.toArray(Operation[]::new));
    }

    /** Computes all values; allocates nothing. */
    static final class Runner {
        private final Operation[] operations;

        private Runner(Operation[] operations) {
            this.operations = operations;
        }

        void run(double[] values) {
            for (Operation operation : operations) {
                values[operation.result] = result(operation, values);
            }
        }

        private static double result(Operation operation, double[] values) {
            int[] arguments = operation.arguments;
            return switch (operation.op) {
                case Op.Map1(Unary function) -> function.apply(values[arguments[0]]);
                case Op.Map2(Binary function) -> {
                    double value = function.apply(values[arguments[0]], values[arguments[1]]);
                    yield operation.dtype == DType.INT32 ? (Double.isFinite(value) ? (int) (long) value : 0) : value;
                }
                case Op.Where where -> values[arguments[0]] != 0 ? values[arguments[1]] : values[arguments[2]];
                case Op.Cast cast -> Expression.converted(values[arguments[0]], operation.dtype);
                default -> throw new IllegalStateException(operation.op + " on the host");
            };
        }
    }
}
