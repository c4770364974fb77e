package org.thalweg.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.thalweg.api.optim.GradientTransform;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;
import org.thalweg.testkit.Evaluation;

class PenaltyTest {
    private static final double[] WEIGHT = {2, 0, -3};

    @Test
    void l1AddsTheSign() {
        assertArrayEquals(new double[] {1.5, 1, 0.5}, gradient(new L1Penalty(0.5, "*"), "0.weight"), 1e-15);
    }

    @Test
    void l2AddsTheParameter() {
        assertArrayEquals(new double[] {2, 1, -0.5}, gradient(new L2Penalty(0.5, "*"), "0.weight"), 1e-15);
    }

    @Test
    void elasticNetIsBothByTheirShares() {
        assertArrayEquals(
                new double[] {1 + 0.25 * 0.5 + 2 * 0.75 * 0.5, 1, 1 - 0.25 * 0.5 - 3 * 0.75 * 0.5},
                gradient(new ElasticNetPenalty(0.5, 0.25, "*"), "0.weight"), 1e-15);
        assertArrayEquals(gradient(new L1Penalty(0.5, "*"), "0.weight"), gradient(new ElasticNetPenalty(0.5, 1, "*"), "0.weight"), 1e-15);
        assertArrayEquals(gradient(new L2Penalty(0.5, "*"), "0.weight"), gradient(new ElasticNetPenalty(0.5, 0, "*"), "0.weight"), 1e-15);
    }

    @Test
    void onlyTheParametersOfThePatternArePenalised() {
        assertArrayEquals(new double[] {1, 1, 1}, gradient(new L2Penalty(0.5, "*.weight"), "0.bias"), 1e-15);
        assertArrayEquals(new double[] {2, 1, -0.5}, gradient(new L2Penalty(0.5, "*.weight"), "0.weight"), 1e-15);
        assertArrayEquals(new double[] {2, 1, -0.5}, gradient(new L2Penalty(0.5, "0.*"), "0.bias"), 1e-15);
        assertArrayEquals(new double[] {2, 1, -0.5}, gradient(new L2Penalty(0.5, "0.bias"), "0.bias"), 1e-15);
    }

    @Test
    void aPatternThatFitsNothingIsAMistake() {
        assertEquals(
                "l1: no parameter is called '0xweight'; the model has 0.weight, 0.bias",
                assertThrows(ShapeException.class, () -> gradient(new L1Penalty(1, "0xweight"), "0.weight")).getMessage());
    }

    private static double[] gradient(GradientTransform penalty, String path) {
        Graph graph = new Graph();
        Map<String, Tensor> parameters = new LinkedHashMap<>();
        Map<String, Tensor> gradients = new LinkedHashMap<>();
        Map<Expression, double[]> values = new LinkedHashMap<>();
        for (String name : List.of("0.weight", "0.bias")) {
            Expression parameter = graph.variable(name, Shape.of(WEIGHT.length), DType.FLOAT64);
            Expression gradient = graph.input("gradient of " + name, Shape.of(WEIGHT.length), DType.FLOAT64);
            parameters.put(name, parameter);
            gradients.put(name, gradient);
            values.put(parameter, WEIGHT);
            values.put(gradient, new double[] {1, 1, 1});
        }
        Map<String, Tensor> penalised = penalty.apply(gradients, parameters, null);
        assertEquals(List.copyOf(gradients.keySet()), List.copyOf(penalised.keySet()));
        return Evaluation.of(List.of((Expression) penalised.get(path)), values).getFirst();
    }
}
