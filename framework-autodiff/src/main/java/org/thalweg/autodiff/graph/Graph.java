package org.thalweg.autodiff.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;

/**
 * The owner of a set of nodes. A node that equals an existing one is the existing one, so common sub-expressions are found while
 * the graph is built. A node's inputs always have smaller numbers than the node: the order of numbers is a topological order, and
 * no algorithm over a graph needs recursion. Not thread-safe.
 */
public final class Graph {
    private record Key(Op op, List<Expression> inputs, Shape shape, DType dtype) {}

    private final Map<Key, Expression> unique = new HashMap<>();
    private final List<Expression> nodes = new ArrayList<>();
    private String scope = "";
    private int leaves;

    /** An empty graph. */
    public Graph() {}

    /** An array that the caller gives for each run. */
    public Expression input(String name, Shape shape, DType dtype) {
        return leaf(Op.LeafKind.INPUT, name, shape, dtype);
    }

    /** An array that lives as long as the program: a parameter, state. */
    public Expression variable(String name, Shape shape, DType dtype) {
        return leaf(Op.LeafKind.VARIABLE, name, shape, dtype);
    }

    /** A number that the caller sets for each run, without tracing again. */
    public Expression scalar(String name, DType dtype) {
        return leaf(Op.LeafKind.SCALAR, name, Shape.scalar(), dtype);
    }

    private Expression leaf(Op.LeafKind kind, String name, Shape shape, DType dtype) {
        return node(new Op.Leaf(kind, name, leaves++), shape, dtype);
    }

    /** A scalar constant. */
    public Expression constant(double value, DType dtype) {
        return node(new Op.Constant(value), Shape.scalar(), dtype);
    }

    /** A constant vector. */
    public Expression constants(DType dtype, double... values) {
        return node(new Op.Literal(Arrays.stream(values).boxed().toList()), Shape.of(values.length), dtype);
    }

    /** 0, 1 ... count-1 as INT32. */
    public Expression range(int count) {
        return node(new Op.Range(), Shape.of(count), DType.INT32);
    }

    /** Uniform numbers in [0, 1) from a stream of their own. */
    public Expression uniform(long stream, Shape shape, DType dtype) {
        return node(new Op.Random(stream), shape, dtype);
    }

    /** The number of nodes so far; also the number of the next node. */
    public int size() {
        return nodes.size();
    }

    /** A node by its number. */
    public Expression node(int id) {
        return nodes.get(id);
    }

    /** What makes the nodes of now: the path of a layer, the name of a plugin. */
    public String scope() {
        return scope;
    }

    /** Runs a trace whose nodes carry a scope, for messages and profiles. */
    public <T> T inScope(String name, Supplier<T> trace) {
        String before = scope;
        scope = name;
        try {
            return trace.get();
        } finally {
            scope = before;
        }
    }

    /** Every node that the given ones need, themselves included, in topological order. */
    public static List<Expression> reachable(List<Expression> outputs) {
        if (outputs.isEmpty()) {
            return List.of();
        }
        Graph graph = outputs.getFirst().graph();
        boolean[] needed = new boolean[graph.size()];
        int last = -1;
        for (Expression output : outputs) {
            needed[output.id()] = true;
            last = Math.max(last, output.id());
        }
        List<Expression> found = new ArrayList<>();
        for (int id = last; id >= 0; id--) {
            if (needed[id]) {
                Expression node = graph.node(id);
                found.add(node);
                node.forEachInput(input -> needed[input.id()] = true);
            }
        }
        Collections.reverse(found);
        return found;
    }

    /** The matrix product over the last two axes; the axes before are the same on both sides. */
    public Expression product(Expression a, boolean transposeA, Expression b, boolean transposeB) {
        int rank = a.shape().rank();
        Shape shape = a.shape().with(rank - 2, a.shape().extent(transposeA ? -1 : -2)).with(rank - 1, b.shape().extent(transposeB ? -2 : -1));
        return node(new Op.MatMul(transposeA, transposeB), shape, a.dtype(), a, b);
    }

    /** The gradient of a custom operation with respect to one of its inputs. */
    public Expression customGradient(Expression output, int position, Expression upstream) {
        List<Expression> operands = new ArrayList<>(output.inputs());
        operands.add(output);
        operands.add(upstream);
        Expression input = output.input(position);
        return node(new Op.CustomGradient(((Op.Custom) output.op()).op(), position), input.shape(), input.dtype(),
                operands.toArray(Expression[]::new));
    }

    /** A node like another one, with other inputs of the same shapes and types. */
    public Expression rebuild(Expression node, List<Expression> inputs) {
        return inScope(node.origin(), () -> node(node.op(), node.shape(), node.dtype(), inputs.toArray(Expression[]::new)));
    }

    /**
     * An expression of another graph, in this one.
     *
     * @param leaves what stands for each of its leaves here, of the same shape and type
     */
    public Expression copy(Expression output, Map<Expression, Expression> leaves) {
        Map<Expression, Expression> copies = new HashMap<>(leaves);
        for (Expression node : reachable(List.of(output))) {
            if (!copies.containsKey(node)) {
                if (node.op() instanceof Op.Leaf) {
                    throw new IllegalArgumentException("nothing stands for the leaf " + node);
                }
                copies.put(node, rebuild(node, node.inputs().stream().map(copies::get).toList()));
            }
        }
        return copies.get(output);
    }

    Expression node(Op op, Shape shape, DType dtype, Expression... inputs) {
        List<Expression> operands = List.of(inputs);
        return unique.computeIfAbsent(new Key(op, operands, shape, dtype), key -> {
            Expression node = new Expression(this, nodes.size(), op, operands, shape, dtype, scope);
            nodes.add(node);
            return node;
        });
    }
}
