package org.thalweg.app.conformance;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.optim.State;
import org.thalweg.api.optim.Step;
import org.thalweg.api.optim.Update;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.compile.Computation;
import org.thalweg.autodiff.compile.ElementArrays;
import org.thalweg.autodiff.compile.Program;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;

/** One parameter under an optimizer, given gradients in turn. */
final class OptimizerCase {
    private OptimizerCase() {}

    /** The numbers of a step as scalars of a graph. */
    private record TracedStep(Tensor learningRate, Tensor number) implements Step {}

    /** What differs. */
    static Optional<String> run(GoldenCase golden, CaseContext context) throws UnsupportedCaseException {
        Optimizer optimizer = Ascent.of(golden, context);
        GoldenTensor initial = golden.tensor("initial");
        List<GoldenTensor> gradients = golden.tensorList("gradients");
        Map<String, GoldenTensor> wanted = golden.tensors("parameters_after_step");

        Graph graph = new Graph();
        Expression parameter = graph.variable("parameter", initial.shape(), DType.FLOAT64);
        Expression gradient = graph.input("gradient", initial.shape(), DType.FLOAT64);
        TracedStep step = new TracedStep(graph.scalar("learningRate", DType.FLOAT64), graph.scalar("step", DType.FLOAT64));
        Map<Expression, double[]> arrays = new HashMap<>(Map.of(parameter, initial.data().clone()));
        Map<String, Expression> variables = new HashMap<>();
        State state = (name, start) -> variables.computeIfAbsent(name, n -> {
            Expression variable = graph.variable(n, start.shape(), start.dtype());
            arrays.put(variable, context.values(List.of((Expression) start), Map.of(parameter, initial.data())).getFirst());
            return variable;
        });
        Update update = optimizer.update(parameter, gradient, state, step);
        Map<Expression, Expression> updates = new LinkedHashMap<>(Map.of(parameter, (Expression) update.parameter()));
        update.state().forEach((name, next) -> updates.put(variables.get(name), (Expression) next));

        Program program = context.backend().compile(new Computation(List.of(), updates, List.of()));
        Map<Expression, Object> bound = new HashMap<>();
        arrays.forEach((variable, values) -> bound.put(variable, ElementArrays.of(variable.dtype(), values)));
        bound.forEach(program::bind);
        program.set((Expression) step.learningRate(), optimizer.learningRate());
        int compared = 0;
        for (int number = 1; number <= gradients.size(); number++) {
            program.bind(gradient, gradients.get(number - 1).data());
            program.set((Expression) step.number(), number);
            program.run();
            GoldenTensor want = wanted.get(Integer.toString(number));
            if (want != null) {
                compared++;
                Optional<String> difference = Comparison.difference("parameter after step " + number, want, initial.shape().toArray(),
                        ElementArrays.toDoubles(bound.get(parameter), initial.data().length));
                if (difference.isPresent()) {
                    return difference;
                }
            }
        }
        if (compared < wanted.size()) {
            throw new MalformedCaseException(golden.file() + ": case " + golden.number() + ": 'parameters_after_step' names steps beyond the "
                    + gradients.size() + " gradients, or none: " + wanted.keySet());
        }
        return Optional.empty();
    }
}
