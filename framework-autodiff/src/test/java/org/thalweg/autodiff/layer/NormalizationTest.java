package org.thalweg.autodiff.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.autodiff.gradient.Gradients;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.layer.normalization.BatchNorm;
import org.thalweg.autodiff.layer.normalization.GroupNorm;
import org.thalweg.autodiff.layer.normalization.InstanceNorm;
import org.thalweg.autodiff.layer.normalization.LayerNorm;
import org.thalweg.autodiff.layer.normalization.RmsNorm;

class NormalizationTest {
    private static final Layer BATCH_NORM = new BatchNorm(0, 0.1, true, true, false);
    private static final double[] BATCH = {1, 10, 3, 10, 5, 40};

    @Test
    void inTrainingTheBatchGivesTheMomentsAndTheRunningOnesFollow() {
        TracedContext context = TracedContext.of(true);
        Expression x = context.graph().input("x", Shape.of(3, 2), DType.FLOAT64);
        Expression y = (Expression) BATCH_NORM.apply(context, x);
        context.values().put(x, BATCH);
        Expression mean = context.updates().get(context.states().get("running_mean"));
        Expression variance = context.updates().get(context.states().get("running_var"));
        List<double[]> got = Evaluation.of(List.of(y, mean, variance), context.values());

        double first = Math.sqrt(8 / 3.0);
        double second = Math.sqrt(200);
        assertArrayEquals(
                new double[] {-2 / first, -10 / second, 0, -10 / second, 2 / first, 20 / second}, got.get(0), 1e-14);
        assertArrayEquals(new double[] {0.3, 2}, got.get(1), 1e-14);
        assertArrayEquals(new double[] {0.9 + 0.1 * 4, 0.9 + 0.1 * 300}, got.get(2), 1e-13);
    }

    @Test
    void outsideTrainingTheRunningMomentsCountAndStay() {
        TracedContext context = TracedContext.of(false);
        Expression x = context.graph().input("x", Shape.of(1, 2), DType.FLOAT64);
        Expression y = (Expression) BATCH_NORM.apply(context, x);
        context.values().put(x, new double[] {5, 40});
        context.values().put(context.states().get("running_mean"), new double[] {3, 20});
        context.values().put(context.states().get("running_var"), new double[] {4, 100});
        assertArrayEquals(new double[] {1, 2}, Evaluation.of(List.of(y), context.values()).getFirst(), 1e-14);
        assertTrue(context.updates().isEmpty());
    }

    @Test
    void equalValuesStayFinite() {
        for (Layer layer : List.of(new BatchNorm(1e-5, 0.1, true, true, false), new LayerNorm(1, 1e-5, true), new GroupNorm(2, 1e-5, true),
                new InstanceNorm(1e-5, false, false, 0.1), new RmsNorm(1, Optional.empty(), true))) {
            TracedContext context = TracedContext.of(true);
            Expression x = context.graph().input("x", Shape.of(2, 2, 3), DType.FLOAT64);
            Expression y = (Expression) layer.apply(context, x);
            Expression gradient = Gradients.of((Expression) y.square().sum(), List.of(x)).getFirst();
            context.values().put(x, new double[12]);
            for (double[] got : Evaluation.of(List.of(y, gradient), context.values())) {
                assertArrayEquals(new double[12], got, layer.toString());
            }
        }
    }

    @Test
    void eachLayerHasItsOwnMoments() {
        double[] values = new SplittableRandom(1).doubles(2 * 4 * 3, -1, 1).toArray();
        assertEquals(1, meanSquare(new LayerNorm(2, 0, true), values, 12), 1e-12);
        assertEquals(1, meanSquare(new GroupNorm(2, 0, true), values, 6), 1e-12);
        assertEquals(1, meanSquare(new InstanceNorm(0, true, false, 0.1), values, 3), 1e-12);
        assertEquals(1, meanSquare(new RmsNorm(1, Optional.of(0.0), true), values, 3), 1e-12);
    }

    /** Of the last so many elements, which were normalised together. */
    private static double meanSquare(Layer layer, double[] values, int together) {
        TracedContext context = TracedContext.of(true);
        Expression x = context.graph().input("x", Shape.of(2, 4, 3), DType.FLOAT64);
        Expression y = (Expression) layer.apply(context, x);
        context.values().put(x, values);
        double[] got = Evaluation.of(List.of(y), context.values()).getFirst();
        return Arrays.stream(got, got.length - together, got.length).map(v -> v * v).average().getAsDouble();
    }

    @Test
    void mistakesAreOneSentenceWithLayerPathAndShapes() {
        Map<Layer, String> mistakes = Map.of(
                BATCH_NORM, "batch-norm at '3': in training each channel needs two values or more, but the input is [1, 4]",
                new LayerNorm(2, 0, true), "layer-norm at '3': the input must have rows and 2 axes or more, but has the shape [1, 4]",
                new GroupNorm(3, 0, true),
                "group-norm at '3': the input must be [rows, channels, ...] with channels that divide into 3 groups, but has the shape [1, 4]",
                new InstanceNorm(0, true, false, 0.1), "instance-norm at '3': the input must be [rows, channels, spatial axes...], but has the shape [1, 4]");
        mistakes.forEach((layer, message) -> {
            TracedContext context = TracedContext.of(true);
            Expression x = context.graph().input("x", Shape.of(1, 4), DType.FLOAT64);
            assertEquals(message, assertThrows(ShapeException.class, () -> context.apply("3", layer, x)).getMessage());
        });
    }
}
