package org.thalweg.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.thalweg.api.optim.GradientTransform;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;
import org.thalweg.testkit.Evaluation;
import org.thalweg.testkit.TracedStep;

class ClippingTest {
    @Test
    void theNormOfAllGradientsTogetherIsLimited() {
        double factor = 1 / (5 + 1e-6);
        assertClipped(new ClipByGlobalNorm(1), new double[] {3 * factor, 0}, new double[] {4 * factor});
    }

    @Test
    void smallGradientsPassUnchanged() {
        assertClipped(new ClipByGlobalNorm(6), new double[] {3, 0}, new double[] {4});
        assertClipped(new ClipByValue(4), new double[] {3, 0}, new double[] {4});
    }

    @Test
    void everyElementIsLimited() {
        assertClipped(new ClipByValue(2.5), new double[] {2.5, 0}, new double[] {2.5});
    }

    @Test
    void noGradientsAreNoProblem() {
        assertTrue(new ClipByGlobalNorm(1).apply(Map.of(), Map.of(), null).isEmpty());
    }

    /** The gradients are (3, 0) and (4): together of norm 5. */
    private static void assertClipped(GradientTransform transform, double[] weight, double[] bias) {
        Graph graph = new Graph();
        Expression weightGradient = graph.input("weight", Shape.of(2), DType.FLOAT64);
        Expression biasGradient = graph.input("bias", Shape.of(1), DType.FLOAT64);
        Map<String, Tensor> gradients = new LinkedHashMap<>();
        gradients.put("0.weight", weightGradient);
        gradients.put("0.bias", biasGradient);
        Map<String, Tensor> clipped = transform.apply(gradients, gradients, TracedStep.in(graph));
        assertEquals(gradients.keySet(), clipped.keySet());
        List<double[]> got = Evaluation.of(
                List.of((Expression) clipped.get("0.weight"), (Expression) clipped.get("0.bias")),
                Map.of(weightGradient, new double[] {3, 0}, biasGradient, new double[] {4}));
        assertArrayEquals(weight, got.get(0), 1e-15);
        assertArrayEquals(bias, got.get(1), 1e-15);
    }
}
