package org.thalweg.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.plugin.Plugin;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.autodiff.gradient.GradientCheck;
import org.thalweg.autodiff.graph.Expression;

/**
 * What every layer promises, over all that a plugin registers. An author extends it, names the plugin, and gives {@link #input} where a layer
 * does not take a matrix of numbers.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class LayerContract {
    /** What a layer promises. */
    public enum Promise {
        /** Its gradients with respect to input and parameters are central differences. */
        GRADIENT,
        /** In evaluation a row's output depends on that row alone. */
        ROWS_ARE_INDEPENDENT,
        /** Evaluation is repeatable: no random numbers, no change of state. */
        QUIET_EVALUATION,
        /** Training and evaluation have the same parameters, states and shapes. */
        SAME_IN_BOTH_MODES,
        /** FLOAT32 gives the numbers of FLOAT64, rounded. */
        BOTH_TYPES
    }

    /** For subclasses. */
    protected LayerContract() {}

    /** The plugin whose layers are tested. */
    protected abstract Plugin plugin();

    /** Settings; by default the layer's own defaults. */
    protected Map<String, ?> settings(String layer) {
        return Map.of();
    }

    /** Other plugins whose layers these settings name. */
    protected List<Plugin> others() {
        return List.of();
    }

    /** The shape of a batch of at least two rows; by default [3, 4]. */
    protected Shape input(String layer) {
        return Shape.of(3, 4);
    }

    /** FLOAT64, or INT32 for a layer that takes whole numbers. */
    protected DType inputType(String layer) {
        return DType.FLOAT64;
    }

    /** One number of the batch, at which the layer is smooth; by default between -2 and 2, and a whole number below 3 where it must be one. */
    protected double draw(String layer, RandomGenerator random) {
        return inputType(layer) == DType.INT32 ? random.nextInt(3) : random.nextDouble(-2, 2);
    }

    /** Why a layer does not give a promise; empty where it does, as by default. */
    protected Optional<String> exemption(String layer, Promise promise) {
        return Optional.empty();
    }

    /** The names of the layers that are tested: all that the plugin registers. */
    public Stream<String> layers() {
        return Registrations.of(plugin()).names(Layer.class).stream();
    }

    /** In training, with parameters a little off where they start. */
    @ParameterizedTest
    @MethodSource("layers")
    public void theGradientsAreCentralDifferences(String name) {
        Exemption.respect(exemption(name, Promise.GRADIENT));
        SplittableRandom random = new SplittableRandom(5);
        LayerTrace trace = trace(name, DType.FLOAT64, true);
        Expression weights = trace.context().graph().variable("weights of the output", trace.output().shape(), DType.FLOAT64);
        Map<Expression, double[]> point = new LinkedHashMap<>(trace.values());
        trace.context().parameters().values().forEach(
                parameter -> point.put(parameter, Arrays.stream(point.get(parameter)).map(x -> x + random.nextDouble(-0.1, 0.1)).toArray()));
        point.put(weights, random.doubles(weights.shape().size(), -1, 1).toArray());
        double error = GradientCheck.largestError((Expression) trace.output().mul(weights).sum(), point);
        assertTrue(error < 1e-7, () -> "largest relative error " + error);
    }

    /** Rows one by one give what they give together. */
    @ParameterizedTest
    @MethodSource("layers")
    public void aRowDoesNotDependOnTheOthersInEvaluation(String name) {
        Exemption.respect(exemption(name, Promise.ROWS_ARE_INDEPENDENT));
        Shape shape = input(name);
        double[] batch = numbers(name);
        LayerTrace together = trace(name, DType.FLOAT64, false);
        int rows = shape.extent(0);
        assertEquals(rows, together.output().shape().extent(0), "rows of the output");
        double[] wanted = together.numbers();
        for (int row = 0; row < rows; row++) {
            double[] alone = trace(name, DType.FLOAT64, false, shape.with(0, 1), part(batch, rows, row)).numbers();
            assertArrayEquals(part(wanted, rows, row), alone, 1e-12, "row " + row);
        }
    }

    private static double[] part(double[] values, int rows, int row) {
        int size = values.length / rows;
        return Arrays.copyOfRange(values, row * size, (row + 1) * size);
    }

    /** Neither the seed nor the step of random numbers shows, and no state changes. */
    @ParameterizedTest
    @MethodSource("layers")
    public void evaluationIsRepeatableAndChangesNothing(String name) {
        Exemption.respect(exemption(name, Promise.QUIET_EVALUATION));
        LayerTrace trace = trace(name, DType.FLOAT64, false);
        assertArrayEquals(trace.numbers(), trace.numbers());
        assertTrue(trace.context().randomStreams().isEmpty(), "random numbers in evaluation");
    }

    /** What training makes is what evaluation finds. */
    @ParameterizedTest
    @MethodSource("layers")
    public void trainingAndEvaluationHaveTheSameParametersAndShapes(String name) {
        Exemption.respect(exemption(name, Promise.SAME_IN_BOTH_MODES));
        LayerTrace training = trace(name, DType.FLOAT64, true);
        LayerTrace evaluation = trace(name, DType.FLOAT64, false);
        assertEquals(training.output().shape(), evaluation.output().shape());
        assertEquals(shapes(training.context().parameters()), shapes(evaluation.context().parameters()));
        assertEquals(shapes(training.context().states()), shapes(evaluation.context().states()));
    }

    private static Map<String, Shape> shapes(Map<String, Expression> variables) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        variables.forEach((path, variable) -> shapes.put(path, variable.shape()));
        return shapes;
    }

    /** To four digits, in evaluation. */
    @ParameterizedTest
    @MethodSource("layers")
    public void singlePrecisionGivesTheSameNumbersRounded(String name) {
        Exemption.respect(exemption(name, Promise.BOTH_TYPES));
        LayerTrace rounded = trace(name, DType.FLOAT32, false);
        assertEquals(DType.FLOAT32, rounded.output().dtype());
        double[] exact = trace(name, DType.FLOAT64, false).numbers();
        double[] single = rounded.numbers();
        for (int i = 0; i < exact.length; i++) {
            assertEquals(exact[i], single[i], 1e-4 * Math.max(1, Math.abs(exact[i])));
        }
    }

    private double[] numbers(String name) {
        SplittableRandom random = new SplittableRandom(3);
        double[] numbers = new double[(int) input(name).size()];
        Arrays.setAll(numbers, i -> draw(name, random));
        return numbers;
    }

    private LayerTrace trace(String name, DType dtype, boolean training) {
        return trace(name, dtype, training, input(name), numbers(name));
    }

    private LayerTrace trace(String name, DType dtype, boolean training, Shape shape, double... numbers) {
        Registrations registered = Registrations.of(Stream.concat(Stream.of(plugin()), others().stream()).toArray(Plugin[]::new));
        DType type = inputType(name).isFloating() ? dtype : inputType(name);
        return LayerTrace.of(registered.make(Layer.class, name, settings(name)), dtype, training, shape, type, numbers);
    }
}
