package org.thalweg.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;
import org.thalweg.testkit.Evaluation;
import org.thalweg.testkit.TracedStep;

class GradientTransformTest {
    private final Graph graph = new Graph();
    private final Expression weight = graph.variable("weight", Shape.of(2, 2), DType.FLOAT64);
    private final Expression bias = graph.variable("bias", Shape.of(2), DType.FLOAT64);
    private final Expression weightGradient = graph.input("weightGradient", Shape.of(2, 2), DType.FLOAT64);
    private final Expression biasGradient = graph.input("biasGradient", Shape.of(2), DType.FLOAT64);
    private final TracedStep step = TracedStep.in(graph);
    private final Map<String, Tensor> parameters = map(weight, bias);
    private final Map<String, Tensor> gradients = map(weightGradient, biasGradient);

    private static Map<String, Tensor> map(Tensor weight, Tensor bias) {
        Map<String, Tensor> both = new LinkedHashMap<>();
        both.put("0.weight", weight);
        both.put("0.bias", bias);
        return both;
    }

    @Test
    void eachGradientIsClippedByItsOwnNorm() {
        // Norms 5 and 13; the bias's passes where up to 13.1 is allowed.
        double factor = 4 / (5 + 1e-6);
        assertNumbers(new ClipByNorm(4).apply(gradients, parameters, step), new double[] {3 * factor, 0, 0, 4 * factor},
                new double[] {5 * 4 / (13 + 1e-6), 12 * 4 / (13 + 1e-6)});
        assertNumbers(new ClipByNorm(13.1).apply(gradients, parameters, step), new double[] {3, 0, 0, 4}, new double[] {5, 12});
    }

    @Test
    void centralisationTakesTheMeanOffEachOutputsWeights() {
        assertNumbers(new Centralisation().apply(gradients, parameters, step), new double[] {1.5, -1.5, -2, 2}, new double[] {5, 12});
    }

    @Test
    void decoupledDecayActsAfterTheOptimizerOnParametersThatMatch() {
        WeightDecay decay = new WeightDecay(0.5, List.of("*.weight"), true);
        assertEquals(gradients, decay.apply(gradients, parameters, step));
        // The next values are the gradients here, p is (1, 2; 3, 4), and lr is 0.1.
        assertNumbers(decay.afterUpdate(gradients, parameters, step), new double[] {2.95, -0.1, -0.15, 3.8}, new double[] {5, 12});
    }

    @Test
    void otherDecayIsPartOfTheGradient() {
        WeightDecay decay = new WeightDecay(0.5, List.of("*"), false);
        assertEquals(gradients, decay.afterUpdate(gradients, parameters, step));
        assertNumbers(decay.apply(gradients, parameters, step), new double[] {3.5, 1, 1.5, 6}, new double[] {8, 16});
    }

    @Test
    void aPatternMeansItsOtherCharactersLiterally() {
        assertEquals(parameters, new WeightDecay(0.5, List.of("0?weight", "*.weigh", "bias"), false).apply(parameters, parameters, step));
        assertEquals(new WeightDecay(0.01, List.of("*"), true), Settings.of(WeightDecay.class, Map.of()));
    }

    private void assertNumbers(Map<String, Tensor> got, double[] wantedWeight, double[] wantedBias) {
        assertEquals(List.of("0.weight", "0.bias"), List.copyOf(got.keySet()));
        List<double[]> numbers = Evaluation.of(List.of((Expression) got.get("0.weight"), (Expression) got.get("0.bias")), Map.of(
                weight, new double[] {1, 2, 3, 4},
                bias, new double[] {6, 8},
                weightGradient, new double[] {3, 0, 0, 4},
                biasGradient, new double[] {5, 12},
                (Expression) step.learningRate(), new double[] {0.1}));
        assertArrayEquals(wantedWeight, numbers.get(0), 1e-12);
        assertArrayEquals(wantedBias, numbers.get(1), 1e-12);
    }
}
