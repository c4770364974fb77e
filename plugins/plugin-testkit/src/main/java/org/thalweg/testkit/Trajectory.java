package org.thalweg.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.optim.State;
import org.thalweg.api.optim.Update;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.autodiff.compile.Backend;
import org.thalweg.autodiff.compile.Computation;
import org.thalweg.autodiff.compile.ElementArrays;
import org.thalweg.autodiff.compile.Program;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;

/** One parameter under an optimizer, given gradients in turn. The rule is traced once, as in a training; one thread at a time. */
public final class Trajectory {
    /** On one thread it owns no threads; it lives as long as the tests. */
    private static final Backend BACKEND = Evaluation.COMPILED.backend();

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

    /** A vector in FLOAT64. */
    public Trajectory(Optimizer optimizer, double... initial) {
        this(optimizer, Shape.of(initial.length), DType.FLOAT64, initial);
    }

    /** A parameter of any shape. */
    public Trajectory(Optimizer optimizer, Shape shape, DType dtype, double... initial) {
        Graph graph = new Graph();
        Expression parameter = graph.variable("parameter", shape, dtype);
        frozen = graph.variable("frozen", shape, dtype);
        Expression gradient = graph.input("gradient", shape, dtype);
        step = TracedStep.in(graph, dtype);
        size = initial.length;
        learningRate = optimizer.learningRate();
        parameterArray = ElementArrays.of(dtype, initial);
        frozenArray = ElementArrays.of(dtype, initial);
        gradientArray = ElementArrays.of(dtype, new double[size]);

        Map<String, Expression> state = new LinkedHashMap<>();
        State traced = (name, start) -> state.computeIfAbsent(name, n -> {
            double[] values = Evaluation.of(List.of((Expression) start), Map.of(parameter, initial)).getFirst();
            stateArrays.put(n, ElementArrays.of(start.dtype(), values));
            return graph.variable(n, start.shape(), start.dtype());
        });
        Update update = optimizer.update(parameter, gradient, traced, step);
        Map<Expression, Expression> updates = new LinkedHashMap<>();
        updates.put(parameter, (Expression) update.parameter());
        update.state().forEach((name, next) -> updates.put(state.get(name), (Expression) next));
        program = BACKEND.compile(new Computation(List.of(), updates, List.of(gradient)));
        evaluation = BACKEND.compile(Computation.of(List.of((Expression) optimizer.evaluated(parameter, traced))));
        program.bind(gradient, gradientArray);
        for (Program each : List.of(program, evaluation)) {
            each.bind(parameter, parameterArray);
            each.bind(frozen, frozenArray);
            state.forEach((name, variable) -> each.bind(variable, stateArrays.get(name)));
        }
    }

    /** The learning rate from now on, as a schedule changes it. */
    public Trajectory at(double rate) {
        learningRate = rate;
        return this;
    }

    /** The parameter after one more step. */
    public double[] step(double... gradientNow) {
        assertTrue(tryStep(gradientNow), "the gradient was not finite");
        return parameter();
    }

    /** Does one more step; false where the gradient was not finite. */
    public boolean tryStep(double... gradientNow) {
        copy(gradientNow, gradientArray);
        return again();
    }

    /** One more step with the gradient of the last one; allocates nothing of its own. */
    public boolean again() {
        program.set((Expression) step.learningRate(), learningRate);
        program.set((Expression) step.number(), steps + 1);
        boolean done = program.run();
        steps += done ? 1 : 0;
        return done;
    }

    /** The parameter. */
    public double[] parameter() {
        return ElementArrays.toDoubles(parameterArray, size);
    }

    /** Another parameter, which the optimizer is not given. */
    public double[] frozen() {
        return ElementArrays.toDoubles(frozenArray, size);
    }

    /** What the optimizer evaluates in place of the parameter. */
    public double[] evaluated() {
        evaluation.run();
        return ElementArrays.toDoubles(evaluation.output(0), size);
    }

    /** A copy of what the optimizer keeps. */
    public Map<String, double[]> state() {
        Map<String, double[]> copies = new LinkedHashMap<>();
        stateArrays.forEach((name, array) -> copies.put(name, ElementArrays.toDoubles(array, java.lang.reflect.Array.getLength(array))));
        return copies;
    }

    /** Steps that were done. */
    public long steps() {
        return steps;
    }

    /** Goes on from where another trajectory was. */
    public void restore(double[] parameter, Map<String, double[]> state, long stepsDone) {
        assertEquals(stateArrays.keySet(), state.keySet());
        copy(parameter, parameterArray);
        state.forEach((name, values) -> copy(values, stateArrays.get(name)));
        steps = stepsDone;
    }

    private static void copy(double[] from, Object to) {
        DType type = switch (to) {
            case float[] floats -> DType.FLOAT32;
            case int[] ints -> DType.INT32;
            case boolean[] truths -> DType.BOOL;
            default -> DType.FLOAT64;
        };
        System.arraycopy(ElementArrays.of(type, from), 0, to, 0, from.length);
    }
}
