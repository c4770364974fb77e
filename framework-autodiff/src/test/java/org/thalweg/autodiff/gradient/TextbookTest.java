package org.thalweg.autodiff.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;
import org.thalweg.autodiff.reference.ReferenceEvaluator;

/** The worked examples of every course on backpropagation, by their numbers. */
class TextbookTest {
    private final Graph graph = new Graph();
    private final Map<Expression, double[]> point = new HashMap<>();

    private Expression variable(String name, double value) {
        Expression variable = graph.variable(name, Shape.scalar(), DType.FLOAT64);
        point.put(variable, new double[] {value});
        return variable;
    }

    private double derivative(Expression of, Expression with) {
        return ReferenceEvaluator.evaluate(Gradients.of(of, List.of(with)).getFirst(), point)[0];
    }

    @Test
    void sumTimesNumber() {
        Expression x = variable("x", -2);
        Expression y = variable("y", 5);
        Expression z = variable("z", -4);
        Expression f = x.add(y).mul(z);

        assertEquals(-12, ReferenceEvaluator.evaluate(f, point)[0]);
        assertEquals(-4, derivative(f, x));
        assertEquals(-4, derivative(f, y));
        assertEquals(3, derivative(f, z));
    }

    @Test
    void sigmoidNeuron() {
        Expression w1 = variable("w1", 2);
        Expression w2 = variable("w2", -3);
        Expression b = variable("b", -3);
        Expression x1 = variable("x1", -1);
        Expression x2 = variable("x2", -2);
        Expression f = w1.mul(x1).add(w2.mul(x2)).add(b).sigmoid();

        assertEquals(0.7311, ReferenceEvaluator.evaluate(f, point)[0], 5e-5);
        assertEquals(-0.1966, derivative(f, w1), 5e-5);
        assertEquals(0.3932, derivative(f, x1), 5e-5);
        assertEquals(-0.3932, derivative(f, w2), 5e-5);
        assertEquals(-0.5898, derivative(f, x2), 5e-5);
        assertEquals(0.1966, derivative(f, b), 5e-5);
    }

    @Test
    void gradientDescentFindsTheMinimumOfCosinePlusTangentSquared() {
        Expression x = variable("x", 0.5);
        Expression f = (Expression) x.cos().add(x.tan()).square();

        for (int step = 0; step < 2000; step++) {
            double moved = point.get(x)[0] - 0.05 * derivative(f, x);
            point.put(x, new double[] {moved});
        }

        assertEquals(-0.666239, point.get(x)[0], 1e-6);
        assertEquals(0, ReferenceEvaluator.evaluate(f, point)[0], 1e-12);
    }
}
