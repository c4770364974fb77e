package org.thalweg.example;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.thalweg.api.layer.Initializer;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.optim.Step;
import org.thalweg.api.optim.Update;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.gradient.GradientCheck;
import org.thalweg.autodiff.gradient.Gradients;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;
import org.thalweg.autodiff.reference.ReferenceEvaluator;

/** Checks the formulas with numbers: trace one, give its leaves values, compare. */
class FormulaTest {
    private final Graph graph = new Graph();
    private final Expression x = graph.variable("x", Shape.of(3), DType.FLOAT64);

    @Test
    void signMomentumMovesEveryNumberByTheLearningRate() {
        Expression gradient = graph.input("gradient", Shape.of(3), DType.FLOAT64);
        Expression momentum = graph.variable("m", Shape.of(3), DType.FLOAT64);
        record Numbers(Tensor learningRate, Tensor number) implements Step {}
        Step step = new Numbers(graph.constant(0.1, DType.FLOAT64), graph.constant(1, DType.FLOAT64));

        Update update = new SignMomentum(0.1, 0.5, 0.75).update(x, gradient, (name, initial) -> momentum, step);
        List<double[]> got = ReferenceEvaluator.evaluate(
                List.of((Expression) update.parameter(), (Expression) update.state().get("m")),
                Map.of(x, new double[] {1, 1, 1}, gradient, new double[] {2, -2, 0}, momentum, new double[] {0, 8, 0}));

        assertArrayEquals(new double[] {0.9, 0.9, 1}, got.get(0));
        assertArrayEquals(new double[] {0.5, 5.5, 0}, got.get(1));
    }

    @Test
    void logCoshIsSmoothAtZeroAndLinearFarAway() {
        Expression target = graph.input("target", Shape.of(3), DType.FLOAT64);
        Expression values = (Expression) new LogCosh(Reduction.SUM)
                .elements(new LossInputs("log-cosh", Map.of("input", x, "target", target)))
                .values();
        Expression gradient = Gradients.of((Expression) values.sum(), List.of(x)).getFirst();
        List<double[]> got = ReferenceEvaluator.evaluate(
                List.of(values, gradient), Map.of(x, new double[] {-1000, 2, 1000.5}, target, new double[] {0, 2, 0}));

        assertArrayEquals(new double[] {1000 - Math.log(2), 0, 1000.5 - Math.log(2)}, got.get(0), 1e-12);
        assertArrayEquals(new double[] {-1, 0, 1}, got.get(1));
    }

    @Test
    void swishLearnsItsBeta() {
        Expression beta = graph.variable("beta", Shape.scalar(), DType.FLOAT64);
        Expression y = (Expression) new Swish(2).apply(new ContextOf(beta), x);
        Map<Expression, double[]> point = Map.of(x, new double[] {-1, 0, 3}, beta, new double[] {2});

        assertArrayEquals(
                new double[] {-1 / (1 + Math.exp(2)), 0, 3 / (1 + Math.exp(-6))}, ReferenceEvaluator.evaluate(y, point), 1e-15);
        assertTrue(GradientCheck.largestError((Expression) y.sum(), point) < 1e-8);
    }

    @Test
    void runningAverageStartsAgainWithEveryRowAndItsDerivativeIsRight() {
        Expression signal = graph.variable("signal", Shape.of(2, 3), DType.FLOAT64);
        Expression y = (Expression) new RunningAverage(0.75).apply(null, signal);
        Map<Expression, double[]> point = Map.of(signal, new double[] {4, 0, 8, 0, 4, -4});

        assertArrayEquals(new double[] {1, 0.75, 2.5625, 0, 1, -0.25}, ReferenceEvaluator.evaluate(y, point));
        assertTrue(GradientCheck.largestError((Expression) y.square().sum(), point) < 1e-8);
    }

    /** What a layer with one parameter, of one number, needs. */
    private record ContextOf(Expression parameter) implements LayerContext {
        @Override
        public Tensor parameter(String name, Shape shape, Initializer initializer) {
            assertEquals("beta", name);
            assertArrayEquals(new double[] {2}, initializer.values(shape, null));
            return parameter;
        }

        @Override
        public String path() {
            return "";
        }

        @Override
        public DType dtype() {
            return DType.FLOAT64;
        }

        @Override
        public boolean training() {
            return true;
        }

        @Override
        public Tensor state(String name, Shape shape, double initial) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void update(Tensor state, Tensor value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Tensor uniform(Shape shape) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Tensor named(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Tensor apply(String name, Layer layer, Tensor input, Map<String, Tensor> named) {
            throw new UnsupportedOperationException();
        }
    }
}
