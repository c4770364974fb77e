package org.thalweg.autodiff.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.thalweg.api.layer.Initializer;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.Sequence;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.autodiff.gradient.Gradients;
import org.thalweg.autodiff.graph.Expression;

class LayerTest {
    @Test
    void kinksAndExtremesHaveFiniteGradients() {
        double[] x = {-1e4, 0, 1e4};
        assertArrayEquals(new double[] {0, 0, 1}, gradient(new Relu(), x));
        assertArrayEquals(new double[] {0.1, 0.1, 1}, gradient(new LeakyRelu(0.1), x));
        assertArrayEquals(new double[] {0, 2, 1}, gradient(new Elu(2), x));
        assertArrayEquals(new double[] {0, 0.5, 1}, gradient(new Gelu(Gelu.Approximation.NONE), x));
        assertArrayEquals(new double[] {0, 0.5, 1}, gradient(new Gelu(Gelu.Approximation.TANH), x));
        assertArrayEquals(new double[] {0, 0.5, 1}, gradient(new Silu(), x));
        assertArrayEquals(new double[] {0, 0.5, 1}, gradient(new Softplus(3, Optional.empty()), x));
        assertArrayEquals(new double[] {0, 1, 1}, gradient(new Celu(0.5), x));
        assertArrayEquals(new double[] {0, 0.6, 1}, gradient(new Mish(), x), 1e-15);
        assertArrayEquals(new double[] {1, 0.5, 0}, gradient(new LogSigmoid(), x));
        assertArrayEquals(new double[] {1, 0, 1}, gradient(new TanhShrink(), x));
        assertArrayEquals(new double[] {0, 1, 0}, gradient(new HardTanh(-1, 1), -1, 0, 1));
        assertArrayEquals(new double[] {0, 1, 0}, gradient(new Relu6(), 0, 3, 6));
        assertArrayEquals(new double[] {0, -0.5, 0.5, 1.5, 1}, gradient(new HardSwish(), -1e200, -3, 0, 3, 1e200));
        assertArrayEquals(new double[] {1, 0, 0, 0, 1}, gradient(new SoftShrink(1), -2, -1, 0, 1, 2));
        assertArrayEquals(new double[] {1, 0, 0, 0, 1}, gradient(new HardShrink(1), -2, -1, 0, 1, 2));
        assertArrayEquals(new double[] {0, 0, 1}, gradient(new Threshold(0, 7), x));
    }

    private static double[] gradient(Layer activation, double... at) {
        TracedContext context = TracedContext.of(true);
        Expression x = context.graph().variable("x", Shape.of(at.length), DType.FLOAT64);
        Expression y = (Expression) activation.apply(context, x).sum();
        return Evaluation.of(Gradients.of(y, List.of(x)), Map.of(x, at)).getFirst();
    }

    @Test
    void denseActsOnTheLastAxisOfAnyInput() {
        TracedContext context = TracedContext.of(true);
        Expression x = context.graph().input("x", Shape.of(2, 3, 5), DType.FLOAT64);
        assertEquals(Shape.of(2, 3, 7), Dense.of(7, new Tanh()).apply(context, x).shape());
        assertEquals(Set.of("weight", "bias"), context.parameters().keySet());
        assertEquals(Shape.of(7, 5), context.parameters().get("weight").shape());
    }

    @Test
    void denseStartsWithinTheRootOfItsInputsUnlessToldOtherwise() {
        TracedContext context = TracedContext.of(true);
        Expression x = context.graph().input("x", Shape.of(1, 16), DType.FLOAT64);
        Optional<Initializer> ones = Optional.of(new Ones());
        context.apply("usual", Dense.of(500), x);
        context.apply("other", new Dense(3, true, Optional.empty(), ones, Optional.of(new Zeros())), x);
        for (String name : List.of("usual.weight", "usual.bias")) {
            double[] values = context.values().get(context.parameters().get(name));
            assertEquals(0.25, Arrays.stream(values).max().getAsDouble(), 0.01);
            assertEquals(-0.25, Arrays.stream(values).min().getAsDouble(), 0.01);
        }
        assertArrayEquals(new double[3], context.values().get(context.parameters().get("other.bias")));
        assertTrue(Arrays.stream(context.values().get(context.parameters().get("other.weight"))).allMatch(w -> w == 1));
    }

    @Test
    void pathsFollowTheNesting() {
        TracedContext context = TracedContext.of(true);
        Expression x = context.graph().input("x", Shape.of(2, 3), DType.FLOAT64);
        new Sequence(List.of(Dense.of(3), new Residual(new Sequence(List.of(new Relu(), Dense.of(3)))))).apply(context, x);
        assertEquals(Set.of("0.weight", "0.bias", "1.layer.1.weight", "1.layer.1.bias"), context.parameters().keySet());
    }

    @Test
    void residualAddsItsInput() {
        TracedContext context = TracedContext.of(true);
        Expression x = context.graph().input("x", Shape.of(3), DType.FLOAT64);
        Expression y = (Expression) new Residual(new Relu()).apply(context, x);
        assertArrayEquals(new double[] {-1, 0, 4}, Evaluation.of(List.of(y), Map.of(x, new double[] {-1, 0, 2})).getFirst());
    }

    @Test
    void flattenKeepsTheRows() {
        TracedContext context = TracedContext.of(true);
        assertEquals(Shape.of(4, 6), flattened(context, Shape.of(4, 2, 3)));
        assertEquals(Shape.of(4, 6), flattened(context, Shape.of(4, 6)));
        assertEquals(Shape.of(4, 1), flattened(context, Shape.of(4)));
        assertEquals(Shape.of(0, 6), flattened(context, Shape.of(0, 2, 3)));
    }

    private static Shape flattened(TracedContext context, Shape shape) {
        return new Flatten().apply(context, context.graph().input("x", shape, DType.FLOAT64)).shape();
    }

    @Test
    void dropoutKeepsTheExpectationInTrainingOnly() {
        TracedContext context = TracedContext.of(true);
        Expression x = context.graph().input("x", Shape.of(10_000), DType.FLOAT64);
        double[] ones = new double[10_000];
        Arrays.fill(ones, 1);
        double[] y = Evaluation.of(List.of((Expression) new Dropout(0.2).apply(context, x)), Map.of(x, ones)).getFirst();
        assertEquals(2_000, Arrays.stream(y).filter(v -> v == 0).count(), 200);
        assertTrue(Arrays.stream(y).allMatch(v -> v == 0 || v == 1.25));

        assertSame(x, new Dropout(0.2).apply(TracedContext.of(false), x));
        assertSame(x, new Dropout(0).apply(context, x));
    }

    @Test
    void mistakesNameTheLayerItsPathAndTheShapes() {
        TracedContext context = TracedContext.of(true);
        Expression vector = context.graph().input("vector", Shape.of(4), DType.FLOAT64);
        Expression matrix = context.graph().input("matrix", Shape.of(4, 3), DType.FLOAT64);
        assertEquals(
                "dense at '2': the input must be [rows, ..., inputs], but has the shape [4]; 'flatten' before it makes a matrix",
                mistake(() -> context.apply("2", Dense.of(3), vector)));
        assertEquals(
                "residual at '1': the layer inside must keep the shape of its input, [4, 3], but its output is [4, 5]",
                mistake(() -> context.apply("1", new Residual(Dense.of(5)), matrix)));
        assertEquals(
                "flatten at '0': a single number has no rows",
                mistake(() -> context.apply("0", new Flatten(), matrix.sum())));
    }

    private static String mistake(Executable trace) {
        return assertThrows(ShapeException.class, trace).getMessage();
    }
}
