package org.thalweg.autodiff.compile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.autodiff.graph.Binary;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;
import org.thalweg.autodiff.graph.Op;

/**
 * Sums of many terms, as gradients are where a value is used many times, with fewer and larger operations: parts that were padded to lie side by side
 * become one concatenation, and products {@code A1^T B1 + A2^T B2 + ...}, the gradient of a weight that is used at every step of a sequence, become one
 * product of the concatenated factors. A sum is looked at as a whole, from its last addition, so the work is linear in its terms.
 */
final class Sums {
    private final int[] uses;
    private final boolean[] added;

    /** Looks at how often each of these nodes, in topological order, is used; roots count as used. */
    Sums(List<Expression> nodes, List<Expression> roots) {
        int size = nodes.stream().mapToInt(Expression::id).max().orElse(-1) + 1;
        uses = new int[size];
        added = new boolean[size];
        roots.forEach(root -> uses[root.id()]++);
        for (Expression node : nodes) {
            boolean adds = isSum(node);
            for (Expression input : node.inputs()) {
                uses[input.id()]++;
                added[input.id()] |= adds;
            }
        }
    }

    private static boolean isSum(Expression node) {
        return node.op() instanceof Op.Map2(Binary function) && function == Binary.ADD && node.dtype().isFloating();
    }

    private boolean isWithin(Expression node) {
        return uses[node.id()] == 1 && added[node.id()];
    }

    /** The same sum in a better form, or null where there is none or the node is not the last addition of one. */
    Expression better(Expression node, Expression[] rewritten) {
        if (!isSum(node) || isWithin(node)) {
            return null;
        }
        List<Expression> others = new ArrayList<>();
        List<Expression> pads = new ArrayList<>();
        List<Expression> products = new ArrayList<>();
        for (Expression term : terms(node)) {
            Expression value = rewritten[term.id()];
            boolean own = isWithin(term);
            if (own && value.op() instanceof Op.Pad) {
                pads.add(value);
            } else if (own && isOuterProduct(value)) {
                products.add(value);
            } else {
                others.add(value);
            }
        }
        if (pads.size() + products.size() < 2) {
            return null;
        }
        return node.graph().inScope(node.origin(), () -> {
            List<Expression> sum = new ArrayList<>(others);
            sum.addAll(joined(pads));
            if (!products.isEmpty()) {
                sum.add(product(products));
            }
            return sum.stream().reduce(Expression::add).orElseThrow();
        });
    }

    /** From the first to the last. */
    private List<Expression> terms(Expression node) {
        List<Expression> terms = new ArrayList<>();
        Deque<Expression> open = new ArrayDeque<>();
        open.push(node.input(1));
        open.push(node.input(0));
        while (!open.isEmpty()) {
            Expression next = open.pop();
            if (isSum(next) && isWithin(next)) {
                open.push(next.input(1));
                open.push(next.input(0));
            } else {
                terms.add(next);
            }
        }
        return terms;
    }

    /** Whether concatenating the factors costs less than writing the product and adding it up. */
    private static boolean isOuterProduct(Expression node) {
        if (!(node.op() instanceof Op.MatMul(boolean transposeA, boolean transposeB)) || !transposeA || transposeB || node.shape().rank() != 2) {
            return false;
        }
        long m = node.shape().extent(0);
        long n = node.shape().extent(1);
        long k = node.input(0).shape().extent(0);
        return m * n > k * (m + n);
    }

    private static Expression product(List<Expression> products) {
        if (products.size() == 1) {
            return products.getFirst();
        }
        Graph graph = products.getFirst().graph();
        return graph.product(concatenated(0, products.stream().map(product -> product.input(0)).toList()), true,
                concatenated(0, products.stream().map(product -> product.input(1)).toList()), false);
    }

    private static Expression concatenated(int axis, List<Expression> parts) {
        return parts.getFirst().concat(axis, parts.subList(1, parts.size()));
    }

    /** Parts that lie side by side. */
    private record Run(int axis, int before, int extent, List<Expression> parts) {
        Expression whole() {
            // Parts that are concatenations along the same axis themselves are copied once, not twice.
            List<Expression> flat = new ArrayList<>();
            parts.forEach(part -> flat.addAll(part.op() instanceof Op.Concat(int along) && along == axis ? part.inputs() : List.of(part)));
            Expression whole = concatenated(axis, flat);
            return whole.pad(axis, before, extent - before - whole.shape().extent(axis));
        }
    }

    private record End(int axis, int position) {}

    /** Pads whose parts lie side by side become one. */
    private static List<Expression> joined(List<Expression> pads) {
        List<Expression> inOrder = new ArrayList<>(pads);
        inOrder.sort(Comparator.comparingInt((Expression pad) -> pad(pad).axis()).thenComparingInt(pad -> pad(pad).before()));
        List<Run> runs = new ArrayList<>();
        Map<End, Run> open = new HashMap<>();
        for (Expression pad : inOrder) {
            int axis = pad(pad).axis();
            int before = pad(pad).before();
            Run run = open.remove(new End(axis, before));
            if (run == null) {
                run = new Run(axis, before, pad.shape().extent(axis), new ArrayList<>());
                runs.add(run);
            }
            run.parts.add(pad.input(0));
            open.put(new End(axis, before + pad.input(0).shape().extent(axis)), run);
        }
        return runs.stream().map(Run::whole).toList();
    }

    private static Op.Pad pad(Expression node) {
        return (Op.Pad) node.op();
    }
}
