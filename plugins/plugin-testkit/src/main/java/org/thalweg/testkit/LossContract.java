package org.thalweg.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.plugin.Plugin;
import org.thalweg.api.settings.Setting;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.autodiff.gradient.GradientCheck;
import org.thalweg.autodiff.graph.Expression;

/**
 * What every loss promises, over all that a plugin registers. An author extends it, names the plugin, and gives {@link #inputs} where a loss
 * does not take an input and a target of any numbers in the same shape.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class LossContract {
    private static final Shape SHAPE = Shape.of(4, 3);
    private static final int SEEDS = 3;

    /** What a loss promises. */
    public enum Promise {
        /** Its gradient is the central difference. */
        GRADIENT,
        /** No element is below 0. */
        NOT_NEGATIVE,
        /** The sum is that of the elements. */
        SUM,
        /** The mean is the sum over the number of elements. */
        PLAIN_MEAN,
        /** The order of the rows changes nothing. */
        ROW_ORDER,
        /** Each row has elements of its own. */
        ELEMENTS_OF_ROWS,
        /** An input of another shape is an error that names the loss and the input; nothing is broadcast. */
        SHAPES,
        /** FLOAT32 gives the number of FLOAT64, rounded. */
        BOTH_TYPES
    }

    /** For subclasses. */
    protected LossContract() {}

    /** The plugin whose losses are tested. */
    protected abstract Plugin plugin();

    /** Settings other than the reduction; by default the loss's own defaults. */
    protected Map<String, ?> settings(String loss) {
        return Map.of();
    }

    /**
     * Gives a loss four rows of everything that it takes, at a point where it is smooth; by default normal numbers in the shape [4, 3].
     *
     * @param trace takes inputs by {@link LossTrace#with} and {@link LossTrace#whole}
     */
    protected void inputs(String loss, LossTrace trace, RandomGenerator random) {
        for (String name : trace.loss().inputs()) {
            trace.with(name, SHAPE, random.doubles(SHAPE.size(), -2, 2).toArray());
        }
    }

    /** Why a loss does not give a promise; empty where it does, as by default. */
    protected Optional<String> exemption(String loss, Promise promise) {
        return Optional.empty();
    }

    /** The names of the losses that are tested, each with several seeds for its inputs. */
    public Stream<Arguments> losses() {
        return Registrations.of(plugin()).names(Loss.class).stream()
                .flatMap(name -> IntStream.rangeClosed(1, SEEDS).mapToObj(seed -> Arguments.of(name, seed)));
    }

    /** In FLOAT64, with respect to every floating-point input. */
    @ParameterizedTest
    @MethodSource("losses")
    public void theGradientIsTheCentralDifference(String name, int seed) {
        Exemption.respect(exemption(name, Promise.GRADIENT));
        LossTrace trace = trace(name, Reduction.MEAN, seed);
        double error = GradientCheck.largestError(trace.traced(), trace.leaves());
        assertTrue(error < 1e-7, () -> "largest relative error " + error);
    }

    /** A loss is a distance or a cost. */
    @ParameterizedTest
    @MethodSource("losses")
    public void distancesAndCostsAreNotNegative(String name, int seed) {
        Exemption.respect(exemption(name, Promise.NOT_NEGATIVE));
        for (double element : elements(name, seed)) {
            assertTrue(element >= -1e-15, () -> "element " + element);
        }
    }

    /** Whatever it is divided by. */
    @ParameterizedTest
    @MethodSource("losses")
    public void theSumIsThatOfTheElements(String name, int seed) {
        Exemption.respect(exemption(name, Promise.SUM));
        double sum = trace(name, Reduction.SUM, seed).value()[0];
        assertEquals(Arrays.stream(elements(name, seed)).sum(), sum, 1e-12 * Math.max(1, Math.abs(sum)));
    }

    /** Unless the loss says otherwise. */
    @ParameterizedTest
    @MethodSource("losses")
    public void theMeanIsTheSumOverTheNumberOfElements(String name, int seed) {
        Exemption.respect(exemption(name, Promise.PLAIN_MEAN));
        double mean = trace(name, Reduction.MEAN, seed).value()[0];
        double[] elements = elements(name, seed);
        assertEquals(Arrays.stream(elements).sum() / elements.length, mean, 1e-12 * Math.max(1, Math.abs(mean)));
    }

    /** All inputs in another order. */
    @ParameterizedTest
    @MethodSource("losses")
    public void theOrderOfTheRowsDoesNotMatter(String name, int seed) {
        Exemption.respect(exemption(name, Promise.ROW_ORDER));
        LossTrace straight = trace(name, Reduction.MEAN, seed);
        double mean = straight.value()[0];
        assertEquals(mean, straight.inOrder(2, 0, 3, 1).value()[0], 1e-13 * Math.max(1, Math.abs(mean)));
    }

    /** The elements of a row depend on that row alone. */
    @ParameterizedTest
    @MethodSource("losses")
    public void everyRowHasElementsOfItsOwn(String name, int seed) {
        Exemption.respect(exemption(name, Promise.ELEMENTS_OF_ROWS));
        LossTrace straight = trace(name, Reduction.NONE, seed);
        double[] elements = straight.value();
        assertArrayEquals(LossTrace.inOrder(elements, 2, 0, 3, 1), straight.inOrder(2, 0, 3, 1).value(), 1e-13);
    }

    /** A row less, an axis more, one row for all, one number for all. */
    @ParameterizedTest
    @MethodSource("losses")
    public void anInputOfAnotherShapeIsAnErrorThatNamesItAndTheLoss(String name, int seed) {
        Exemption.respect(exemption(name, Promise.SHAPES));
        LossTrace right = trace(name, Reduction.MEAN, seed);
        for (String input : right.loss().inputs().subList(1, right.loss().inputs().size())) {
            Shape shape = right.input(input).shape();
            List<Shape> wrong = List.of(shape.with(0, 3), shape.with(0, 1), Shape.scalar(), shape.prepend(2), shape.prepend(1));
            for (Shape other : wrong) {
                LossTrace trace = trace(name, Reduction.MEAN, seed);
                trace.with(input, other, right.input(input).dtype(), new double[(int) other.size()]);
                String message = assertThrows(ShapeException.class, trace::traced, () -> input + " of " + other + " in place of " + shape).getMessage();
                assertTrue(message.contains(name) && message.contains("'" + input + "'"), message);
            }
        }
    }

    /** To five digits. */
    @ParameterizedTest
    @MethodSource("losses")
    public void singlePrecisionGivesTheSameNumberRounded(String name, int seed) {
        Exemption.respect(exemption(name, Promise.BOTH_TYPES));
        double exact = trace(name, Reduction.MEAN, seed).value()[0];
        LossTrace rounded = trace(name, Reduction.MEAN, seed, DType.FLOAT32);
        Expression traced = rounded.traced();
        assertEquals(DType.FLOAT32, traced.dtype());
        assertEquals(exact, Evaluation.of(List.of(traced), rounded.leaves()).getFirst()[0], 1e-5 * Math.max(1, Math.abs(exact)));
    }

    private double[] elements(String name, int seed) {
        return trace(name, Reduction.NONE, seed).value();
    }

    private LossTrace trace(String name, Reduction reduction, int seed) {
        return trace(name, reduction, seed, DType.FLOAT64);
    }

    private LossTrace trace(String name, Reduction reduction, int seed, DType dtype) {
        Registrations registered = Registrations.of(plugin());
        Map<String, Object> settings = new HashMap<>(settings(name));
        boolean chosen = Setting.of(registered.settings(Loss.class, name)).stream().anyMatch(setting -> setting.type() == Reduction.class);
        if (chosen) {
            settings.put("reduction", Settings.kebab(reduction));
        }
        Loss loss = registered.make(Loss.class, name, settings);
        if (loss.reduction() != reduction) {
            Exemption.respect(Optional.of(name + " has no setting 'reduction'; it is always " + loss.reduction()));
        }
        LossTrace trace = new LossTrace(name, loss, dtype);
        inputs(name, trace, new SplittableRandom(seed));
        return trace;
    }
}
