package org.thalweg.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.optim.State;
import org.thalweg.api.optim.Step;
import org.thalweg.api.optim.Update;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.compile.Computation;
import org.thalweg.autodiff.compile.Program;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;

/** One parameter under an optimizer, given gradients in turn. The rule is traced once, as in a training. */
final class Trajectory {
    private final Expression frozen;
    private final TracedStep step;
    private final Program program;
    private final Program evaluation;
    private final Object parameterArray;
    private final Object frozenArray;
    private final Object gradientArray;
    private final Map<String, Object> stateArrays = new LinkedHashMap<>();
    private final int size;
    private double learningRate;
    private long steps;

    Trajectory(Optimizer optimizer, double... initial) {
        this(optimizer, Shape.of(initial.length), DType.FLOAT64, initial);
    }

    Trajectory(Optimizer optimizer, Shape shape, DType dtype, double... initial) {
        Graph graph = new Graph();
        Expression parameter = graph.variable("parameter", shape, dtype);
        frozen = graph.variable("frozen", shape, dtype);
        Expression gradient = graph.input("gradient", shape, dtype);
        step = TracedStep.in(graph, dtype);
        size = initial.length;
        learningRate = optimizer.learningRate();
        parameterArray = Numbers.array(dtype, initial);
        frozenArray = Numbers.array(dtype, initial);
        gradientArray = Numbers.array(dtype, new double[size]);

        Map<String, Expression> state = new LinkedHashMap<>();
        State traced = (name, start) -> state.computeIfAbsent(name, n -> {
            double[] values = Evaluation.of(List.of((Expression) start), Map.of(parameter, initial)).getFirst();
            stateArrays.put(n, Numbers.array(start.dtype(), values));
            return graph.variable(n, start.shape(), start.dtype());
        });
        Update update = optimizer.update(parameter, gradient, traced, step);
        Map<Expression, Expression> updates = new LinkedHashMap<>();
        updates.put(parameter, (Expression) update.parameter());
        update.state().forEach((name, next) -> updates.put(state.get(name), (Expression) next));
        program = Evaluation.compile(new Computation(List.of(), updates, List.of(gradient)));
        evaluation = Evaluation.compile(Computation.of(List.of((Expression) optimizer.evaluated(parameter, traced))));
        program.bind(gradient, gradientArray);
        for (Program each : List.of(program, evaluation)) {
            each.bind(parameter, parameterArray);
            each.bind(frozen, frozenArray);
            state.forEach((name, variable) -> each.bind(variable, stateArrays.get(name)));
        }
    }

    /** The learning rate from now on, as a schedule changes it. */
    Trajectory at(double rate) {
        learningRate = rate;
        return this;
    }

    /** The parameter after one more step. */
    double[] step(double... gradientNow) {
        assertTrue(tryStep(gradientNow), "the gradient was not finite");
        return parameter();
    }

    /** Does one more step; false where the gradient was not finite. */
    boolean tryStep(double... gradientNow) {
        Numbers.copy(gradientNow, gradientArray);
        return again();
    }

    /** One more step with the gradient of the last one; allocates nothing of its own. */
    boolean again() {
        program.set((Expression) step.learningRate(), learningRate);
        program.set((Expression) step.number(), steps + 1);
        boolean done = program.run();
        steps += done ? 1 : 0;
        return done;
    }

    double[] parameter() {
        return Numbers.doubles(parameterArray, size);
    }

    double[] frozen() {
        return Numbers.doubles(frozenArray, size);
    }

    /** What the optimizer evaluates in place of the parameter. */
    double[] evaluated() {
        evaluation.run();
        return Numbers.doubles(evaluation.output(0), size);
    }

    /** A copy of what the optimizer keeps. */
    Map<String, double[]> state() {
        Map<String, double[]> copies = new LinkedHashMap<>();
        stateArrays.forEach((name, array) -> copies.put(name, Numbers.doubles(array, java.lang.reflect.Array.getLength(array))));
        return copies;
    }

    long steps() {
        return steps;
    }

    /** Goes on from where another trajectory was. */
    void restore(double[] parameter, Map<String, double[]> state, long stepsDone) {
        assertEquals(stateArrays.keySet(), state.keySet());
        Numbers.copy(parameter, parameterArray);
        state.forEach((name, values) -> Numbers.copy(values, stateArrays.get(name)));
        steps = stepsDone;
    }

    /** The numbers of a step as scalars of a graph. */
    record TracedStep(Tensor learningRate, Tensor number) implements Step {
        static TracedStep in(Graph graph) {
            return in(graph, DType.FLOAT64);
        }

        static TracedStep in(Graph graph, DType dtype) {
            return new TracedStep(graph.scalar("learningRate", dtype), graph.scalar("step", dtype));
        }
    }
}
