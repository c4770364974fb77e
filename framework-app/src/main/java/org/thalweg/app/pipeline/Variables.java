package org.thalweg.app.pipeline;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.thalweg.api.data.DataException;
import org.thalweg.api.layer.Initializer;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.autodiff.compile.ElementArrays;

/** The owner of a run's variables. The first trace that asks for one makes it; every later one gets the same. */
final class Variables {
    private final long seed;
    private final DType dtype;
    private final Map<String, double[]> given;
    private final Map<String, double[]> givenOptimizerState;
    private final Map<String, Variable> parameters = new LinkedHashMap<>();
    private final Map<String, Variable> states = new LinkedHashMap<>();
    private final Map<String, Variable> optimizerStates = new LinkedHashMap<>();
    private final Map<String, Variable> evaluated = new LinkedHashMap<>();

    /**
     * No variables yet.
     *
     * @param given values to start from, by path; instead of what the layers say
     */
    Variables(long seed, DType dtype, Map<String, double[]> given) {
        this.seed = seed;
        this.dtype = dtype;
        this.given = given;
        this.givenOptimizerState = Map.of();
    }

    /** No variables yet, but those of a checkpoint to come. */
    Variables(long seed, DType dtype, Checkpoint checkpoint) {
        this.seed = seed;
        this.dtype = dtype;
        this.given = values(checkpoint.weights().parameters());
        this.given.putAll(values(checkpoint.weights().state()));
        this.givenOptimizerState = values(checkpoint.optimizerState());
    }

    private static Map<String, double[]> values(Map<String, StoredTensor> tensors) {
        Map<String, double[]> values = new LinkedHashMap<>();
        tensors.forEach((path, tensor) -> values.put(path, tensor.values()));
        return values;
    }

    Variable parameter(String path, Shape shape, Initializer initializer) {
        return variable(parameters, path, shape, dtype,
                () -> given(path, () -> initializer.values(shape, new RandomStream(seed, RandomStream.number("init", path), 0))));
    }

    Variable state(String path, Shape shape, double initial) {
        return variable(states, path, shape, dtype, () -> given(path, () -> filled(shape, initial)));
    }

    Variable optimizerState(String name, Shape shape, DType type, Supplier<double[]> initial) {
        double[] known = givenOptimizerState.get(name);
        return variable(optimizerStates, name, shape, type, known == null ? initial : () -> known);
    }

    private double[] given(String path, Supplier<double[]> otherwise) {
        if (parameters.containsKey(path) || states.containsKey(path)) {
            throw new ShapeException("'" + path + "' is both a parameter and a state tensor; give one of them another name");
        }
        double[] values = given.get(path);
        return values == null ? otherwise.get() : values;
    }

    private static Variable variable(Map<String, Variable> among, String name, Shape shape, DType type, Supplier<double[]> initial) {
        Variable known = among.get(name);
        if (known == null) {
            double[] values = initial.get();
            if (values.length != shape.size()) {
                throw new ShapeException("'" + name + "' has the shape " + shape + ", " + shape.size() + " numbers, but its initial value has "
                        + values.length);
            }
            known = new Variable(name, shape, type, ElementArrays.of(type, values));
            among.put(name, known);
        }
        if (!known.shape().equals(shape) || known.dtype() != type) {
            throw new ShapeException("'" + name + "' has the shape " + known.shape() + ", but is asked for again with " + shape
                    + ": two layers share its path, or its shape depends on the batch");
        }
        return known;
    }

    static double[] filled(Shape shape, double value) {
        double[] values = new double[(int) shape.size()];
        Arrays.fill(values, value);
        return values;
    }

    /** Every path that has an initial value must be one that the model asks for. */
    void requireNothingGivenInVain() {
        Set<String> unknown = new TreeSet<>(given.keySet());
        unknown.removeAll(parameters.keySet());
        unknown.removeAll(states.keySet());
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("initial values are given for " + unknown + ", but the model has " + parameters.keySet()
                    + (states.isEmpty() ? "" : " and " + states.keySet()));
        }
    }

    /** All that an optimizer kept must be what it keeps now. */
    void requireSameOptimizer() {
        Set<String> differing = new TreeSet<>(givenOptimizerState.keySet());
        Set<String> kept = optimizerStates.keySet();
        differing.removeIf(kept::contains);
        kept.stream().filter(name -> !givenOptimizerState.containsKey(name)).forEach(differing::add);
        differing.stream().findFirst().ifPresent(name -> {
            throw new DataException("the run cannot go on with another optimizer: " + (kept.contains(name)
                    ? "the checkpoint lacks its state '" + name + "'" : "the checkpoint has the state '" + name + "', which it does not keep")
                    + "; take the optimizer of before");
        });
    }

    /** The path of the first parameter that is not finite. */
    Optional<String> notFinite() {
        return parameters.values().stream().filter(parameter -> !ElementArrays.isFinite(parameter.array())).map(Variable::name).findFirst();
    }

    /** The number of trainable numbers. */
    long count() {
        return parameters.values().stream().mapToLong(parameter -> parameter.shape().size()).sum();
    }

    /** The bytes of what the optimizer keeps. */
    long optimizerBytes() {
        return bytes(optimizerStates);
    }

    /** The bytes of parameters and of the layers' state. */
    long weightBytes() {
        return bytes(parameters) + bytes(states);
    }

    private static long bytes(Map<String, Variable> variables) {
        return variables.values().stream().mapToLong(variable -> variable.shape().size() * variable.dtype().bytes()).sum();
    }

    /** The parameters that there are, by path. */
    Map<String, Variable> parameters() {
        return Collections.unmodifiableMap(parameters);
    }

    /** What the optimizer keeps under a name. */
    Variable optimizerState(String name) {
        Variable known = optimizerStates.get(name);
        if (known == null) {
            throw new IllegalArgumentException("the optimizer keeps no state '" + name + "'; it keeps " + optimizerStates.keySet());
        }
        return known;
    }

    /** Sets what a parameter is judged by. */
    void setEvaluated(String path, double[] values) {
        Variable parameter = parameters.get(path);
        Variable target = evaluated.computeIfAbsent(path, absent -> new Variable(
                path, parameter.shape(), parameter.dtype(), ElementArrays.of(parameter.dtype(), new double[values.length])));
        System.arraycopy(ElementArrays.of(parameter.dtype(), values), 0, target.array(), 0, values.length);
    }

    /** What a variable is judged by: itself, unless the optimizer said otherwise. */
    Variable evaluated(Variable variable) {
        return evaluated.getOrDefault(variable.name(), variable);
    }

    /** A copy of the parameters as they are trained, and of the layers' state. */
    Weights weights() {
        return new Weights(stored(parameters), stored(states));
    }

    /** A copy of the parameters as they are judged, and of the layers' state. */
    Weights evaluatedWeights() {
        Map<String, Variable> judged = new LinkedHashMap<>();
        parameters.forEach((path, parameter) -> judged.put(path, evaluated(parameter)));
        return new Weights(stored(judged), stored(states));
    }

    /** A copy of what the optimizer keeps. */
    Map<String, StoredTensor> optimizerState() {
        return stored(optimizerStates);
    }

    private static Map<String, StoredTensor> stored(Map<String, Variable> variables) {
        Map<String, StoredTensor> stored = new LinkedHashMap<>();
        variables.forEach((name, variable) -> stored.put(name, variable.toStored()));
        return stored;
    }
}
