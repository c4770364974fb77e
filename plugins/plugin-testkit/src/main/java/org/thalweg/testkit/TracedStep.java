package org.thalweg.testkit;

import org.thalweg.api.optim.Step;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.graph.Graph;

/**
 * The numbers of a step as scalars of a graph, to which a test gives values.
 *
 * @param learningRate a scalar
 * @param number a scalar
 */
public record TracedStep(Tensor learningRate, Tensor number) implements Step {
    /** Scalars {@code learningRate} and {@code step} in FLOAT64. */
    public static TracedStep in(Graph graph) {
        return in(graph, DType.FLOAT64);
    }

    /** Scalars {@code learningRate} and {@code step}. */
    public static TracedStep in(Graph graph, DType dtype) {
        return new TracedStep(graph.scalar("learningRate", dtype), graph.scalar("step", dtype));
    }
}
