package org.thalweg.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.tensor.Shape;
import org.thalweg.autodiff.gradient.GradientCheck;

/** What holds for every loss, on random rows from seeds. */
class LossPropertyTest {
    private static final int ROWS = 4;
    private static final int SIZE = 3;
    private static final int SEEDS = 3;
    private static final Shape MATRIX = Shape.of(ROWS, SIZE);

    /** Losses that can be below 0: densities, and counts whose factorial is left out. */
    private static final Set<String> SIGNED = Set.of("gaussian-nll", "poisson-nll", "kl-divergence", "hinge-embedding");

    private static final List<String> ALL = Registrations.of(new LossPlugin()).names(Loss.class);

    private interface Inputs {
        LossTrace into(LossTrace trace, RandomGenerator random, int... order);
    }

    private static final Map<String, Inputs> SPECIAL = new HashMap<>();

    static {
        for (String name : List.of("cross-entropy", "bits-per-symbol", "multi-margin")) {
            SPECIAL.put(name, (trace, random, order) -> trace
                    .with("input", MATRIX, rows(normal(random, ROWS * SIZE), SIZE, order))
                    .whole("target", Shape.of(ROWS), rows(classes(random, ROWS), 1, order)));
        }
        SPECIAL.put("nll", (trace, random, order) -> trace
                .with("input", MATRIX, rows(map(normal(random, ROWS * SIZE), x -> -Math.abs(x)), SIZE, order))
                .whole("target", Shape.of(ROWS), rows(classes(random, ROWS), 1, order)));
        SPECIAL.put("multi-label-margin", (trace, random, order) -> trace
                .with("input", MATRIX, rows(normal(random, ROWS * SIZE), SIZE, order))
                .whole("target", MATRIX, rows(new double[] {1, -1, 0, 2, 0, -1, -1, 1, 2, 0, 1, 2}, SIZE, order)));
        for (String name : List.of("hinge", "squared-hinge", "soft-margin", "hinge-embedding")) {
            SPECIAL.put(name, (trace, random, order) -> trace
                    .with("input", MATRIX, rows(normal(random, ROWS * SIZE), SIZE, order))
                    .whole("target", MATRIX, rows(signs(random, ROWS * SIZE), SIZE, order)));
        }
        for (String name : List.of("binary-cross-entropy", "kl-divergence", "dice", "tversky", "poisson-nll", "multi-label-soft-margin",
                "binary-cross-entropy-with-logits")) {
            SPECIAL.put(name, (trace, random, order) -> trace
                    .with("input", MATRIX, rows(uniform(random, ROWS * SIZE), SIZE, order))
                    .with("target", MATRIX, rows(uniform(random, ROWS * SIZE), SIZE, order)));
        }
        SPECIAL.put("focal", (trace, random, order) -> trace
                .with("input", MATRIX, rows(normal(random, ROWS * SIZE), SIZE, order))
                .whole("target", MATRIX, rows(map(signs(random, ROWS * SIZE), x -> (x + 1) / 2), SIZE, order)));
        SPECIAL.put("gaussian-nll", (trace, random, order) -> trace
                .with("input", MATRIX, rows(normal(random, ROWS * SIZE), SIZE, order))
                .with("target", MATRIX, rows(normal(random, ROWS * SIZE), SIZE, order))
                .with("var", MATRIX, rows(uniform(random, ROWS * SIZE), SIZE, order)));
        SPECIAL.put("margin-ranking", (trace, random, order) -> trace
                .with("input1", MATRIX, rows(normal(random, ROWS * SIZE), SIZE, order))
                .with("input2", MATRIX, rows(normal(random, ROWS * SIZE), SIZE, order))
                .whole("target", MATRIX, rows(signs(random, ROWS * SIZE), SIZE, order)));
        SPECIAL.put("cosine-embedding", (trace, random, order) -> trace
                .with("input1", MATRIX, rows(normal(random, ROWS * SIZE), SIZE, order))
                .with("input2", MATRIX, rows(normal(random, ROWS * SIZE), SIZE, order))
                .whole("target", Shape.of(ROWS), rows(signs(random, ROWS), 1, order)));
        SPECIAL.put("contrastive", (trace, random, order) -> trace
                .with("input1", MATRIX, rows(normal(random, ROWS * SIZE), SIZE, order))
                .with("input2", MATRIX, rows(normal(random, ROWS * SIZE), SIZE, order)));
        for (String name : List.of("triplet-margin", "triplet-margin-with-distance")) {
            SPECIAL.put(name, (trace, random, order) -> trace
                    .with("anchor", MATRIX, rows(normal(random, ROWS * SIZE), SIZE, order))
                    .with("positive", MATRIX, rows(normal(random, ROWS * SIZE), SIZE, order))
                    .with("negative", MATRIX, rows(normal(random, ROWS * SIZE), SIZE, order)));
        }
        SPECIAL.put("ctc", (trace, random, order) -> trace
                .with("input", Shape.of(ROWS, 5, SIZE), rows(logProbabilities(normal(random, ROWS * 5 * SIZE)), 5 * SIZE, order))
                .whole("target", Shape.of(ROWS, 2), rows(new double[] {1, 2, 2, 2, 1, 0, 2, 1}, 2, order))
                .whole("inputLengths", Shape.of(ROWS), rows(new double[] {5, 4, 3, 5}, 1, order))
                .whole("targetLengths", Shape.of(ROWS), rows(new double[] {2, 2, 1, 0}, 1, order)));
    }

    private static final Inputs USUAL = (trace, random, order) -> trace
            .with("input", MATRIX, rows(normal(random, ROWS * SIZE), SIZE, order))
            .with("target", MATRIX, rows(normal(random, ROWS * SIZE), SIZE, order));

    @TestFactory
    Stream<DynamicTest> theGradientIsTheCentralDifference() {
        return tests((name, seed) -> () -> {
            LossTrace trace = trace(name, Reduction.MEAN, seed);
            double error = GradientCheck.largestError(trace.traced(), trace.leaves());
            assertTrue(error < 1e-7, () -> "largest relative error " + error);
        });
    }

    @TestFactory
    Stream<DynamicTest> distancesAndCostsAreNotNegative() {
        return tests((name, seed) -> () -> {
            for (double element : trace(name, Reduction.NONE, seed).value()) {
                assertTrue(element >= -1e-15 || SIGNED.contains(name), () -> "element " + element);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> theSumIsThatOfTheElementsAndTheMeanIsTheSumOverTheDivisor() {
        return tests((name, seed) -> () -> {
            double[] elements = trace(name, Reduction.NONE, seed).value();
            double sum = trace(name, Reduction.SUM, seed).value()[0];
            double mean = trace(name, Reduction.MEAN, seed).value()[0];
            assertEquals(Arrays.stream(elements).sum(), sum, 1e-12 * Math.max(1, Math.abs(sum)));
            if (!name.equals("ctc")) {
                assertEquals(sum / elements.length, mean, 1e-12 * Math.max(1, Math.abs(mean)));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> theOrderOfTheRowsDoesNotMatter() {
        return tests((name, seed) -> () -> {
            int[] order = {2, 0, 3, 1};
            double straight = trace(name, Reduction.MEAN, seed).value()[0];
            double mixed = trace(name, Reduction.MEAN, seed, order).value()[0];
            assertEquals(straight, mixed, 1e-13 * Math.max(1, Math.abs(straight)));
            if (!name.equals("contrastive")) {
                double[] elements = trace(name, Reduction.NONE, seed).value();
                double[] permuted = trace(name, Reduction.NONE, seed, order).value();
                assertArrayEquals(rows(elements, elements.length / ROWS, order), permuted, 1e-13);
            }
        });
    }

    private static Stream<DynamicTest> tests(BiFunction<String, Integer, org.junit.jupiter.api.function.Executable> test) {
        List<DynamicTest> tests = new ArrayList<>();
        for (String name : ALL) {
            for (int seed = 1; seed <= SEEDS; seed++) {
                tests.add(DynamicTest.dynamicTest(name + ", seed " + seed, test.apply(name, seed)));
            }
        }
        return tests.stream();
    }

    private static LossTrace trace(String name, Reduction reduction, int seed, int... order) {
        Loss loss = (Loss) Settings.of(
                Registrations.of(new LossPlugin()).settings(Loss.class, name), Map.of("reduction", Settings.kebab(reduction)));
        int[] rows = order.length == 0 ? new int[] {0, 1, 2, 3} : order;
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        return SPECIAL.getOrDefault(name, USUAL).into(new LossTrace(loss), random, rows);
    }

    private static double[] rows(double[] values, int size, int... order) {
        double[] result = new double[values.length];
        for (int i = 0; i < order.length; i++) {
            System.arraycopy(values, order[i] * size, result, i * size, size);
        }
        return result;
    }

    private static double[] normal(RandomGenerator random, int count) {
        return Stream.generate(random::nextGaussian).limit(count).mapToDouble(Double::doubleValue).toArray();
    }

    /** Log-softmax of every SIZE numbers. */
    private static double[] logProbabilities(double... scores) {
        double[] result = new double[scores.length];
        for (int i = 0; i < scores.length; i++) {
            int first = i / SIZE * SIZE;
            result[i] = scores[i] - Math.log(Arrays.stream(scores, first, first + SIZE).map(Math::exp).sum());
        }
        return result;
    }

    private static double[] uniform(RandomGenerator random, int count) {
        return random.doubles(count, 0.05, 0.95).toArray();
    }

    private static double[] classes(RandomGenerator random, int count) {
        return random.ints(count, 0, SIZE).asDoubleStream().toArray();
    }

    private static double[] signs(RandomGenerator random, int count) {
        return random.ints(count, 0, 2).mapToDouble(bit -> 2 * bit - 1).toArray();
    }

    private static double[] map(double[] values, java.util.function.DoubleUnaryOperator function) {
        return Arrays.stream(values).map(function).toArray();
    }
}
