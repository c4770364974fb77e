package org.thalweg.loss;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.thalweg.api.plugin.Plugin;
import org.thalweg.api.tensor.Shape;
import org.thalweg.testkit.LossContract;
import org.thalweg.testkit.LossTrace;

/** The contract, for every loss registered here, on random rows from seeds. */
class LossContractTest extends LossContract {
    private static final int ROWS = 4;
    private static final int SIZE = 3;
    private static final Shape MATRIX = Shape.of(ROWS, SIZE);

    private static final Set<String> SIGNED = Set.of("gaussian-nll", "poisson-nll", "kl-divergence", "hinge-embedding");

    private static final Map<String, BiConsumer<LossTrace, RandomGenerator>> SPECIAL = new HashMap<>();

    static {
        for (String name : List.of("cross-entropy", "bits-per-symbol", "multi-margin")) {
            SPECIAL.put(name, (trace, random) -> trace
                    .with("input", MATRIX, normal(random, ROWS * SIZE))
                    .whole("target", Shape.of(ROWS), classes(random, ROWS)));
        }
        SPECIAL.put("nll", (trace, random) -> trace
                .with("input", MATRIX, map(normal(random, ROWS * SIZE), x -> -Math.abs(x)))
                .whole("target", Shape.of(ROWS), classes(random, ROWS)));
        SPECIAL.put("multi-label-margin", (trace, random) -> trace
                .with("input", MATRIX, normal(random, ROWS * SIZE))
                .whole("target", MATRIX, new double[] {1, -1, 0, 2, 0, -1, -1, 1, 2, 0, 1, 2}));
        for (String name : List.of("hinge", "squared-hinge", "soft-margin", "hinge-embedding")) {
            SPECIAL.put(name, (trace, random) -> trace
                    .with("input", MATRIX, normal(random, ROWS * SIZE))
                    .whole("target", MATRIX, signs(random, ROWS * SIZE)));
        }
        for (String name : List.of("binary-cross-entropy", "kl-divergence", "dice", "tversky", "poisson-nll", "multi-label-soft-margin",
                "binary-cross-entropy-with-logits")) {
            SPECIAL.put(name, (trace, random) -> trace
                    .with("input", MATRIX, uniform(random, ROWS * SIZE))
                    .with("target", MATRIX, uniform(random, ROWS * SIZE)));
        }
        SPECIAL.put("focal", (trace, random) -> trace
                .with("input", MATRIX, normal(random, ROWS * SIZE))
                .whole("target", MATRIX, map(signs(random, ROWS * SIZE), x -> (x + 1) / 2)));
        SPECIAL.put("gaussian-nll", (trace, random) -> trace
                .with("input", MATRIX, normal(random, ROWS * SIZE))
                .with("target", MATRIX, normal(random, ROWS * SIZE))
                .with("var", MATRIX, uniform(random, ROWS * SIZE)));
        SPECIAL.put("margin-ranking", (trace, random) -> trace
                .with("input1", MATRIX, normal(random, ROWS * SIZE))
                .with("input2", MATRIX, normal(random, ROWS * SIZE))
                .whole("target", MATRIX, signs(random, ROWS * SIZE)));
        SPECIAL.put("cosine-embedding", (trace, random) -> trace
                .with("input1", MATRIX, normal(random, ROWS * SIZE))
                .with("input2", MATRIX, normal(random, ROWS * SIZE))
                .whole("target", Shape.of(ROWS), signs(random, ROWS)));
        SPECIAL.put("contrastive", (trace, random) -> trace
                .with("input1", MATRIX, normal(random, ROWS * SIZE))
                .with("input2", MATRIX, normal(random, ROWS * SIZE)));
        for (String name : List.of("triplet-margin", "triplet-margin-with-distance")) {
            SPECIAL.put(name, (trace, random) -> trace
                    .with("anchor", MATRIX, normal(random, ROWS * SIZE))
                    .with("positive", MATRIX, normal(random, ROWS * SIZE))
                    .with("negative", MATRIX, normal(random, ROWS * SIZE)));
        }
        SPECIAL.put("ctc", (trace, random) -> trace
                .with("input", Shape.of(ROWS, 5, SIZE), logProbabilities(normal(random, ROWS * 5 * SIZE)))
                .whole("target", Shape.of(ROWS, 2), new double[] {1, 2, 2, 2, 1, 0, 2, 1})
                .whole("inputLengths", Shape.of(ROWS), new double[] {5, 4, 3, 5})
                .whole("targetLengths", Shape.of(ROWS), new double[] {2, 2, 1, 0}));
    }

    @Override
    protected Plugin plugin() {
        return new LossPlugin();
    }

    @Override
    protected void inputs(String loss, LossTrace trace, RandomGenerator random) {
        SPECIAL.getOrDefault(loss, LossContractTest::numbers).accept(trace, random);
    }

    private static void numbers(LossTrace trace, RandomGenerator random) {
        trace.with("input", MATRIX, normal(random, ROWS * SIZE)).with("target", MATRIX, normal(random, ROWS * SIZE));
    }

    @Override
    protected Optional<String> exemption(String loss, Promise promise) {
        return Optional.ofNullable(switch (promise) {
            case NOT_NEGATIVE -> SIGNED.contains(loss) ? "densities, and counts whose factorial is left out, can be below 0" : null;
            case PLAIN_MEAN -> loss.equals("ctc") ? "each element is divided by the length of its target" : null;
            case ELEMENTS_OF_ROWS -> loss.equals("contrastive") ? "it compares every row with every other" : null;
            default -> null;
        });
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
