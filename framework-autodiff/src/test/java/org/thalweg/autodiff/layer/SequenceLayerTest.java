package org.thalweg.autodiff.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.autodiff.gradient.Gradients;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.layer.attention.MultiHeadAttention;
import org.thalweg.autodiff.layer.attention.SinusoidalPositions;
import org.thalweg.autodiff.layer.recurrent.Lstm;

class SequenceLayerTest {
    private static final int ROWS = 2;
    private static final int TIME = 5;
    private static final int FEATURES = 4;

    private final TracedContext context = TracedContext.of(true);
    private final Expression x = context.graph().variable("x", Shape.of(ROWS, TIME, FEATURES), DType.FLOAT64);
    private final double[] values = new SplittableRandom(3).doubles(ROWS * TIME * FEATURES, -1, 1).toArray();

    @Test
    void anLstmDoesWhatItsFormulaSaysStepByStep() {
        int units = 3;
        double[] got = run(Lstm.of(units));
        double[] inputWeight = parameter("weight_ih_l0");
        double[] hiddenWeight = parameter("weight_hh_l0");
        double[] inputBias = parameter("bias_ih_l0");
        double[] hiddenBias = parameter("bias_hh_l0");
        for (int n = 0; n < ROWS; n++) {
            double[] h = new double[units];
            double[] c = new double[units];
            for (int t = 0; t < TIME; t++) {
                double[] sums = new double[4 * units];
                for (int gate = 0; gate < sums.length; gate++) {
                    sums[gate] = inputBias[gate] + hiddenBias[gate];
                    for (int k = 0; k < FEATURES; k++) {
                        sums[gate] += inputWeight[gate * FEATURES + k] * values[(n * TIME + t) * FEATURES + k];
                    }
                    for (int k = 0; k < units; k++) {
                        sums[gate] += hiddenWeight[gate * units + k] * h[k];
                    }
                }
                for (int u = 0; u < units; u++) {
                    double i = sigmoid(sums[u]);
                    double f = sigmoid(sums[units + u]);
                    double g = Math.tanh(sums[2 * units + u]);
                    double o = sigmoid(sums[3 * units + u]);
                    c[u] = f * c[u] + i * g;
                    h[u] = o * Math.tanh(c[u]);
                }
                int from = (n * TIME + t) * units;
                assertArrayEquals(h, Arrays.copyOfRange(got, from, from + units), 1e-13);
            }
        }
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    @Test
    void theLastStateOfTwoDirectionsIsTheEndOfOneAndTheStartOfTheOther() {
        int units = 2;
        double[] sequence = run(lstmOfTwoDirections(units, "sequence"));
        double[] last = run(lstmOfTwoDirections(units, "last"));
        double[] expected = new double[2 * units * ROWS];
        for (int n = 0; n < ROWS; n++) {
            for (int u = 0; u < units; u++) {
                expected[n * 2 * units + u] = sequence[((n + 1) * TIME - 1) * 2 * units + u];
                expected[n * 2 * units + units + u] = sequence[n * TIME * 2 * units + units + u];
            }
        }
        assertArrayEquals(expected, last);
    }

    private static Layer lstmOfTwoDirections(int units, String output) {
        return RegisteredLayers.layer("lstm", Map.of("units", units, "bidirectional", true, "output", output));
    }

    @Test
    void aCausalPlaceDoesNotSeeWhatComesLater() {
        Expression y = (Expression) MultiHeadAttention.of(2, true).apply(context, x);
        for (int t = 0; t < TIME; t++) {
            Expression here = (Expression) y.slice(1, t, t + 1).square().sum();
            double[] gradient = numbers(Gradients.of(here, List.of(x)).getFirst());
            for (int i = 0; i < gradient.length; i++) {
                boolean later = i / FEATURES % TIME > t;
                assertEquals(later, gradient[i] == 0, "place " + t + " by element " + i + ": " + gradient[i]);
            }
        }
    }

    @Test
    void withoutCausalEveryPlaceSeesAll() {
        Expression y = (Expression) MultiHeadAttention.of(2, false).apply(context, x);
        double[] gradient = numbers(Gradients.of((Expression) y.slice(1, 0, 1).square().sum(), List.of(x)).getFirst());
        assertEquals(0, Arrays.stream(gradient).filter(g -> g == 0).count());
    }

    @Test
    void positionsAreSinesAndCosines() {
        double[] got = run(new SinusoidalPositions(100));
        for (int i = 0; i < got.length; i++) {
            int t = i / FEATURES % TIME;
            int feature = i % FEATURES;
            double angle = t / Math.pow(100, (feature / 2 * 2) / (double) FEATURES);
            assertEquals(values[i] + (feature % 2 == 0 ? Math.sin(angle) : Math.cos(angle)), got[i], 1e-14);
        }
    }

    @Test
    void thePaddingOfAnEmbeddingStaysZero() {
        Expression numbers = context.graph().input("numbers", Shape.of(4), DType.INT32);
        Layer embedding = new Embedding(3, 2, Optional.of(1), Optional.empty());
        Expression y = (Expression) embedding.apply(context, numbers);
        Expression gradient = Gradients.of((Expression) y.sum(), List.of(context.parameters().get("weight"))).getFirst();
        Map<Expression, double[]> point = new HashMap<>(context.values());
        point.put(numbers, new double[] {1, 2, 2, 0});
        List<double[]> got = Evaluation.of(List.of(y, gradient), point);
        assertArrayEquals(new double[] {0, 0}, Arrays.copyOf(got.get(0), 2));
        assertNotEquals(0, got.get(0)[2]);
        assertArrayEquals(new double[] {1, 1, 0, 0, 2, 2}, got.get(1));
    }

    @Test
    void parametersHaveTheNamesOfPyTorch() {
        RegisteredLayers.layer("transformer-encoder-layer", Map.of("heads", 2, "feedForward", 3)).apply(context, x);
        assertEquals(
                Set.of("self_attn.in_proj_weight", "self_attn.in_proj_bias", "self_attn.out_proj.weight", "self_attn.out_proj.bias",
                        "linear1.weight", "linear1.bias", "linear2.weight", "linear2.bias", "norm1.weight", "norm1.bias", "norm2.weight",
                        "norm2.bias"),
                context.parameters().keySet());
    }

    @Test
    void mistakesAreOneSentenceWithLayerPathAndShapes() {
        Expression matrix = context.graph().input("matrix", Shape.of(4, 3), DType.FLOAT64);
        assertEquals(
                "lstm at '1': the input must be [rows, time, features] with at least one step, but has the shape [4, 3]",
                mistake(Lstm.of(2), matrix));
        assertEquals(
                "multi-head-attention at '1': the input must be [rows, time, features] with features that divide into 3 heads, but has the shape [2, 5, 4]",
                mistake(MultiHeadAttention.of(3, false), x));
        assertEquals(
                "embedding at '1': the input must be whole numbers (INT32), but is FLOAT64 [4, 3]", mistake(Embedding.of(3, 2), matrix));
        assertEquals(
                "learned-positions at '1': the input must be [rows, time, features] with at most 3 steps, but has the shape [2, 5, 4]",
                mistake(RegisteredLayers.layer("learned-positions", Map.of("length", 3)), x));
        Map<String, Layer> branches = new LinkedHashMap<>();
        branches.put("plain", new Tanh());
        branches.put("wide", Dense.of(12));
        assertEquals(
                "parallel at '1': the outputs of [plain, wide] do not fit together: [[4, 3], [4, 12]]",
                mistake(new Parallel(branches, Parallel.Combination.SUM, 1), matrix));
    }

    private String mistake(Layer layer, Expression input) {
        return assertThrows(ShapeException.class, () -> context.apply("1", layer, input)).getMessage();
    }

    private double[] run(Layer layer) {
        return numbers((Expression) layer.apply(context, x));
    }

    private double[] numbers(Expression output) {
        context.values().put(x, values);
        return Evaluation.of(List.of(output), context.values()).getFirst();
    }

    private double[] parameter(String name) {
        return context.values().get(context.parameters().get(name));
    }
}
