package org.thalweg.autodiff.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.gradient.Gradients;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.layer.attention.MultiHeadAttention;

/** Sequences of different lengths in one padded batch, memories and masks. */
class VariableLengthTest {
    private static final int FEATURES = 4;
    private static final int[] LENGTHS = {3, 5, 1, 4};
    private static final int[] MEMORY_LENGTHS = {2, 1, 3, 3};
    private static final int TIME = 6;
    private static final int MEMORY_TIME = 3;

    private record Case(String layer, Map<String, Object> settings) {}

    private static final List<Case> CASES = List.of(
            new Case("rnn", Map.of("units", 3, "nonlinearity", "relu", "layers", 2)),
            new Case("rnn", Map.of("units", 3, "bidirectional", true, "output", "last")),
            new Case("lstm", Map.of("units", 3, "bidirectional", true, "layers", 2)),
            new Case("lstm", Map.of("units", 3, "bidirectional", true, "layers", 2, "output", "last", "projection", 2)),
            new Case("gru", Map.of("units", 3, "bidirectional", true, "layers", 2)),
            new Case("gru", Map.of("units", 3, "output", "last")),
            new Case("multi-head-attention", Map.of("heads", 2)),
            new Case("multi-head-attention", Map.of("heads", 2, "causal", true)),
            new Case("transformer-encoder-layer", Map.of("heads", 2, "feedForward", 5, "dropout", 0)),
            new Case("transformer-decoder-layer",
                    Map.of("heads", 2, "feedForward", 5, "dropout", 0, "memoryLengths", "memoryLengths", "causal", false)));

    @TestFactory
    Stream<DynamicTest> aRowOfAPaddedBatchIsWhatItIsAlone() {
        return CASES.stream().map(tested -> DynamicTest.dynamicTest(tested.toString(), () -> check(tested)));
    }

    private static void check(Case tested) {
        Map<String, Object> settings = new HashMap<>(tested.settings());
        Layer alone = RegisteredLayers.layer(tested.layer(), settings);
        settings.put("lengths", "lengths");
        Layer padded = RegisteredLayers.layer(tested.layer(), settings);
        double[] rows = new SplittableRandom(1).doubles((long) LENGTHS.length * TIME * FEATURES, -1, 1).toArray();
        double[] memory = new SplittableRandom(2).doubles((long) LENGTHS.length * MEMORY_TIME * FEATURES, -1, 1).toArray();
        boolean sequence = !"last".equals(settings.get("output"));

        Run together = run(padded, rows, memory, LENGTHS, MEMORY_LENGTHS, TIME, MEMORY_TIME, sequence);
        Map<String, double[]> summed = new HashMap<>();
        for (int row = 0; row < LENGTHS.length; row++) {
            int[] length = {LENGTHS[row]};
            int[] memoryLength = {MEMORY_LENGTHS[row]};
            Run one = run(alone, steps(rows, row, TIME, length[0]), steps(memory, row, MEMORY_TIME, memoryLength[0]), length, memoryLength, length[0],
                    memoryLength[0], sequence);
            double[] got = sequence ? steps(together.output, row, TIME, length[0]) : part(together.output, row, LENGTHS.length);
            assertArrayEquals(one.output, got, 1e-12, "output of row " + row);
            assertArrayEquals(one.inputGradient, steps(together.inputGradient, row, TIME, length[0]), 1e-12, "gradient of row " + row);
            one.parameterGradients.forEach((name, gradient) -> summed.merge(name, gradient, VariableLengthTest::sum));
        }
        summed.forEach((name, gradient) -> assertArrayEquals(gradient, together.parameterGradients.get(name), 1e-12, name));
    }

    /** What a layer computes, and the gradients of a sum over the steps that count. */
    private static final class Run {
        double[] output;
        double[] inputGradient;
        Map<String, double[]> parameterGradients = new LinkedHashMap<>();
    }

    private static Run run(Layer layer, double[] rows, double[] memory, int[] lengths, int[] memoryLengths, int time, int memoryTime, boolean sequence) {
        TracedContext context = TracedContext.of(true);
        int n = lengths.length;
        Expression x = context.graph().variable("x", Shape.of(n, time, FEATURES), DType.FLOAT64);
        Expression seen = context.graph().variable("memory", Shape.of(n, memoryTime, FEATURES), DType.FLOAT64);
        Expression counts = context.graph().input("lengths", Shape.of(n), DType.INT32);
        Expression memoryCounts = context.graph().input("memoryLengths", Shape.of(n), DType.INT32);
        context.values().put(x, rows);
        context.values().put(seen, memory);
        context.values().put(counts, Arrays.stream(lengths).asDoubleStream().toArray());
        context.values().put(memoryCounts, Arrays.stream(memoryLengths).asDoubleStream().toArray());
        Expression y = (Expression) context.apply("layer", layer, x, Map.of("memory", seen, "lengths", counts, "memoryLengths", memoryCounts));
        Tensor square = y.square();
        if (sequence) {
            Tensor within = counts.range(time).reshape(1, time).less(counts.reshape(Shape.of(n, 1))).reshape(n, time, 1);
            square = within.where(square, square.constant(0));
        }
        List<Expression> with = new ArrayList<>(List.of(x));
        with.addAll(context.parameters().values());
        List<Expression> outputs = new ArrayList<>(List.of(y));
        outputs.addAll(Gradients.of((Expression) square.sum(), with));
        List<double[]> values = Evaluation.of(outputs, context.values());
        Run run = new Run();
        run.output = values.get(0);
        run.inputGradient = values.get(1);
        int next = 2;
        for (String name : context.parameters().keySet()) {
            run.parameterGradients.put(name, values.get(next++));
        }
        return run;
    }

    /** The first steps of one row of the padded batch. */
    private static double[] steps(double[] all, int row, int time, int length) {
        int width = all.length / LENGTHS.length / time;
        int from = row * time * width;
        return Arrays.copyOfRange(all, from, from + length * width);
    }

    private static double[] part(double[] all, int row, int rows) {
        int width = all.length / rows;
        return Arrays.copyOfRange(all, row * width, (row + 1) * width);
    }

    private static double[] sum(double[] a, double... b) {
        double[] sum = a.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += b[i];
        }
        return sum;
    }

    @Test
    void whatStandsInThePaddingReachesNothing() {
        double[] rows = new SplittableRandom(1).doubles((long) LENGTHS.length * TIME * FEATURES, -1, 1).toArray();
        for (int row = 0; row < LENGTHS.length; row++) {
            Arrays.fill(rows, (row * TIME + LENGTHS[row]) * FEATURES, (row + 1) * TIME * FEATURES, Double.NaN);
        }
        for (String layer : List.of("rnn", "lstm", "gru")) {
            Layer padded = RegisteredLayers.layer(layer, Map.of("units", 2, "bidirectional", true, "lengths", "lengths"));
            Run run = run(padded, rows, new double[LENGTHS.length * FEATURES], LENGTHS, MEMORY_LENGTHS, TIME, 1, true);
            for (int i = 0; i < run.output.length; i++) {
                boolean counts = i / 4 % TIME < LENGTHS[i / 4 / TIME];
                assertEquals(counts, run.output[i] != 0, "element " + i);
            }
            run.parameterGradients.forEach((name, gradient) -> assertTrue(Arrays.stream(gradient).allMatch(Double::isFinite), layer + " " + name));
        }
    }

    @Test
    void aPlaceThatSeesNothingGetsTheBiasAloneAndSpoilsNoGradient() {
        TracedContext context = TracedContext.of(true);
        Expression x = context.graph().variable("x", Shape.of(2, 2, FEATURES), DType.FLOAT64);
        Expression hidden = context.graph().input("hidden", Shape.of(2, 2), DType.BOOL);
        Layer layer = RegisteredLayers.layer("multi-head-attention", Map.of("heads", 2, "mask", "hidden"));
        Expression y = (Expression) context.apply("layer", layer, x, Map.of("hidden", hidden));
        context.values().put(x, new SplittableRandom(1).doubles(16, -1, 1).toArray());
        context.values().put(hidden, new double[] {1, 1, 0, 1});
        context.values().put(context.parameters().get("layer.out_proj.bias"), new double[] {1, 2, 3, 4});
        List<Expression> outputs = new ArrayList<>(List.of(y));
        outputs.addAll(Gradients.of((Expression) y.square().sum(), new ArrayList<>(context.parameters().values())));
        List<double[]> values = Evaluation.of(outputs, context.values());
        assertArrayEquals(new double[] {1, 2, 3, 4}, Arrays.copyOf(values.getFirst(), 4));
        values.forEach(array -> assertTrue(Arrays.stream(array).allMatch(Double::isFinite)));
    }

    /** What BOOL hides, minus infinity hides too; and lengths are a mask. */
    @Test
    void aMaskOfNumbersIsAddedToTheScores() {
        TracedContext context = TracedContext.of(false);
        Expression x = context.graph().variable("x", Shape.of(2, 3, FEATURES), DType.FLOAT64);
        Expression lengths = context.graph().input("lengths", Shape.of(2, 1), DType.FLOAT64);
        Expression hidden = context.graph().input("hidden", Shape.of(2, 3, 3), DType.INT32);
        Expression added = context.graph().input("added", Shape.of(2, 3, 3), DType.FLOAT64);
        Map<String, Tensor> named = Map.of("lengths", lengths, "hidden", hidden, "added", added);
        List<Expression> outputs = new ArrayList<>();
        for (Map<String, String> setting : List.of(Map.of("lengths", "lengths"), Map.of("mask", "hidden"), Map.of("mask", "added"))) {
            Map<String, Object> settings = new HashMap<>(setting);
            settings.put("heads", 2);
            outputs.add((Expression) context.apply("layer", RegisteredLayers.layer("multi-head-attention", settings), x, named));
        }
        double low = Double.NEGATIVE_INFINITY;
        context.values().put(x, new SplittableRandom(1).doubles(24, -1, 1).toArray());
        context.values().put(lengths, new double[] {2, 1});
        context.values().put(hidden, new double[] {0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 1, 1, 0, 1, 1, 0, 1, 1});
        context.values().put(added, new double[] {0, 0, low, 5, 5, low, 0, 0, low, 0, low, low, 0, low, low, 7, low, low});
        List<double[]> values = Evaluation.of(outputs, context.values());
        assertArrayEquals(values.get(0), values.get(1), 1e-15);
        assertArrayEquals(values.get(0), values.get(2), 1e-14);
    }

    @Test
    void aDecoderIsItsPartsOneAfterAnother() {
        TracedContext context = TracedContext.of(true);
        Expression x = context.graph().variable("x", Shape.of(2, 3, FEATURES), DType.FLOAT64);
        Expression memory = context.graph().variable("elsewhere", Shape.of(2, 2, FEATURES), DType.FLOAT64);
        context.values().put(x, new SplittableRandom(1).doubles(24, -1, 1).toArray());
        context.values().put(memory, new SplittableRandom(2).doubles(16, -1, 1).toArray());
        Layer decoder = RegisteredLayers.layer(
                "transformer-decoder-layer", Map.of("heads", 2, "feedForward", 5, "dropout", 0, "memory", "other", "activation", "gelu"));
        Expression got = (Expression) context.apply("d", decoder, x, Map.of("other", memory));

        Layer norm = RegisteredLayers.layer("layer-norm", Map.of());
        Layer cross = RegisteredLayers.layer("multi-head-attention", Map.of("heads", 2, "memory", "other"));
        Tensor one = context.apply("d.norm1", norm, x.add(context.apply("d.self_attn", MultiHeadAttention.of(2, true), x)));
        Tensor two = context.apply("d.norm2", norm, one.add(context.apply("d.multihead_attn", cross, one, Map.of("other", memory))));
        Tensor inner = new Gelu(Gelu.Approximation.NONE).apply(context, context.apply("d.linear1", Dense.of(5), two));
        Tensor three = context.apply("d.norm3", norm, two.add(context.apply("d.linear2", Dense.of(FEATURES), inner)));
        assertEquals(18, context.parameters().size());
        List<double[]> values = Evaluation.of(List.of(got, (Expression) three), context.values());
        assertArrayEquals(values.get(1), values.get(0), 1e-14);
    }

    @Test
    void mistakesNameTheTensorThatDoesNotFit() {
        TracedContext context = TracedContext.of(true);
        Expression x = context.graph().variable("x", Shape.of(2, 3, FEATURES), DType.FLOAT64);
        Expression three = context.graph().input("three", Shape.of(3), DType.INT32);
        Map<String, Tensor> named = Map.of("three", three, "wide", x);
        assertEquals("gru at '1': 'three' must hold one length for each of the 2 rows, but is INT32 [3]",
                mistake(context, "gru", Map.of("units", 2, "lengths", "three"), x, named));
        assertEquals("multi-head-attention at '1': the memory 'three' must be [rows, time, features] with the rows of the input [2, 3, 4], "
                + "but has the shape [3]", mistake(context, "multi-head-attention", Map.of("heads", 2, "memory", "three"), x, named));
        assertEquals("multi-head-attention at '1': the mask 'wide' must have the shape [3, 3] or [2, 3, 3], but has [2, 3, 4]",
                mistake(context, "multi-head-attention", Map.of("heads", 2, "mask", "wide"), x, named));
    }

    private static String mistake(TracedContext context, String layer, Map<String, Object> settings, Expression x, Map<String, Tensor> named) {
        return assertThrows(ShapeException.class, () -> context.apply("1", RegisteredLayers.layer(layer, settings), x, named)).getMessage();
    }
}
