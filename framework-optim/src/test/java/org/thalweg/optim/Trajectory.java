package org.thalweg.optim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.optim.Step;
import org.thalweg.api.optim.Update;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;

/** One parameter under an optimizer, given gradients in turn. The rule is traced once, as in a training. */
final class Trajectory {
    private final Expression parameter;
    private final Expression gradient;
    private final TracedStep step;
    private final Map<Expression, Expression> updates = new LinkedHashMap<>();
    private final Map<Expression, double[]> values = new HashMap<>();
    private final double learningRate;
    private long steps;

    Trajectory(Optimizer optimizer, double... initial) {
        Graph graph = new Graph();
        Shape shape = Shape.of(initial.length);
        parameter = graph.variable("parameter", shape, DType.FLOAT64);
        gradient = graph.input("gradient", shape, DType.FLOAT64);
        step = TracedStep.in(graph);
        learningRate = optimizer.learningRate();
        values.put(parameter, initial);

        Map<String, Expression> state = new HashMap<>();
        Update update = optimizer.update(parameter, gradient, (name, start) -> state.computeIfAbsent(name, n -> {
            Expression variable = graph.variable(n, start.shape(), start.dtype());
            values.put(variable, Evaluation.of(List.of((Expression) start), values).getFirst());
            return variable;
        }), step);
        updates.put(parameter, (Expression) update.parameter());
        update.state().forEach((name, next) -> updates.put(state.get(name), (Expression) next));
    }

    /** The parameter after one more step. */
    double[] step(double... gradientNow) {
        steps++;
        values.put(gradient, gradientNow);
        values.put((Expression) step.learningRate(), new double[] {learningRate});
        values.put((Expression) step.number(), new double[] {steps});
        List<double[]> next = Evaluation.of(new ArrayList<>(updates.values()), values);
        int position = 0;
        for (Expression variable : updates.keySet()) {
            values.put(variable, next.get(position++));
        }
        return values.get(parameter);
    }

    /** The numbers of a step as scalars of a graph. */
    record TracedStep(Tensor learningRate, Tensor number) implements Step {
        static TracedStep in(Graph graph) {
            return new TracedStep(graph.scalar("learningRate", DType.FLOAT64), graph.scalar("step", DType.FLOAT64));
        }
    }
}
