package org.thalweg.autodiff.compile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.autodiff.gradient.Gradients;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;
import org.thalweg.autodiff.graph.Op;
import org.thalweg.autodiff.reference.ReferenceEvaluator;

class SumsTest {
    private final Graph graph = new Graph();
    private final Random random = new Random(3);

    @Test
    void gradientsOfSlicesThatCoverATensorBecomeOneConcatenation() {
        Expression x = variable("x", 2, 12);
        Expression sum = (Expression) x.slice(1, 0, 4).square().sum().add(x.slice(1, 4, 9).exp().sum()).add(x.slice(1, 9, 12).sin().sum());
        Expression gradient = Gradients.of(sum, List.of(x)).getFirst();

        List<Op> operations = operations(gradient);

        assertEquals(0, operations.stream().filter(Op.Pad.class::isInstance).count());
        assertEquals(1, operations.stream().filter(Op.Concat.class::isInstance).count());
        assertSameValue(gradient);
    }

    @Test
    void whatIsLeftUncoveredStaysPadded() {
        Expression x = variable("x", 10);
        Expression sum = (Expression) x.slice(0, 2, 4).square().sum().add(x.slice(0, 4, 7).exp().sum()).add(x.slice(0, 8, 9).sin().sum());
        Expression gradient = Gradients.of(sum, List.of(x)).getFirst();

        assertEquals(2, operations(gradient).stream().filter(Op.Pad.class::isInstance).count());
        assertSameValue(gradient);
    }

    @Test
    void slicesThatOverlapAreStillAddedUp() {
        Expression x = variable("x", 10);
        Expression sum = (Expression) x.slice(0, 0, 6).square().sum().add(x.slice(0, 4, 10).exp().sum()).add(x.slice(0, 6, 10).sin().sum());

        assertSameValue(Gradients.of(sum, List.of(x)).getFirst());
    }

    @Test
    void aWeightUsedManyTimesGetsItsGradientFromOneProduct() {
        Expression weight = variable("w", 20, 20);
        Expression state = variable("h", 3, 20);
        Expression sum = null;
        for (int step = 0; step < 5; step++) {
            state = state.matmul(weight).tanh();
            Expression term = (Expression) state.square().sum();
            sum = sum == null ? term : sum.add(term);
        }
        Expression gradient = Gradients.of(sum, List.of(weight)).getFirst();

        assertEquals(1, operations(gradient).stream()
                .filter(op -> op instanceof Op.MatMul(boolean transposeA, boolean transposeB) && transposeA && !transposeB).count());
        assertSameValue(gradient);
    }

    @Test
    void aSliceOfASliceIsTakenFromTheWhole() {
        Expression x = variable("x", 10);
        Expression part = x.slice(0, 2, 9).slice(0, 1, 5).exp();

        assertEquals(1, operations(part).stream().filter(Op.Slice.class::isInstance).count());
        assertSameValue(part);
    }

    private Expression variable(String name, int... extents) {
        return graph.variable(name, Shape.of(extents), DType.FLOAT64);
    }

    private static List<Op> operations(Expression node) {
        return Graph.reachable(Canonical.of(List.of(node))).stream().map(Expression::op).toList();
    }

    /** The rewritten form has the value of the original. */
    private void assertSameValue(Expression node) {
        Expression better = Canonical.of(List.of(node)).getFirst();
        Map<Expression, double[]> values = new HashMap<>();
        for (Expression leaf : Graph.reachable(List.of(node))) {
            if (leaf.op() instanceof Op.Leaf) {
                values.put(leaf, random.doubles(leaf.shape().size(), -1, 1).toArray());
            }
        }
        List<Expression> both = new ArrayList<>(List.of(node, better));
        List<double[]> found = ReferenceEvaluator.evaluate(both, values);
        assertArrayEquals(found.get(0), found.get(1), 1e-12);
    }
}
