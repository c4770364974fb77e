package org.thalweg.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.testkit.LossTrace;
import org.thalweg.testkit.Registrations;

/** No NaN in value or gradient where the limit is a number, in the precision of trainings. */
class ExtremesTest {
    private static final double[] SCORES = {1e4, -1e4, 0, -1e4, 1e4, 1e4, -1e4, -1e4};
    private static final Shape MATRIX = Shape.of(4, 2);

    @TestFactory
    Stream<DynamicTest> scoresOfTenThousandGiveNumbers() {
        List<DynamicTest> tests = new ArrayList<>();
        for (String loss : List.of("mse", "l1", "huber", "smooth-l1", "quantile", "minkowski", "manhattan", "euclidean", "chebyshev",
                "binary-cross-entropy-with-logits", "multi-label-soft-margin", "focal", "dice", "tversky")) {
            tests.add(finite(loss, new LossTrace(loss(loss), DType.FLOAT32)
                    .with("input", MATRIX, SCORES).with("target", MATRIX, 1, 1, 0, 0, 1, 0, 0, 1)));
        }
        for (String loss : List.of("hinge", "squared-hinge", "soft-margin", "hinge-embedding")) {
            tests.add(finite(loss, new LossTrace(loss(loss), DType.FLOAT32)
                    .with("input", MATRIX, SCORES).with("target", MATRIX, 1, 1, -1, -1, 1, -1, -1, 1)));
        }
        for (String loss : List.of("cross-entropy", "nll", "bits-per-symbol", "focal", "multi-margin", "hinge", "squared-hinge")) {
            tests.add(finite(loss + " of class numbers", new LossTrace(loss(loss), DType.FLOAT32)
                    .with("input", MATRIX, SCORES).whole("target", Shape.of(4), 0, 0, 1, 1)));
        }
        tests.add(finite("multi-label-margin", new LossTrace(loss("multi-label-margin"), DType.FLOAT32)
                .with("input", MATRIX, SCORES).whole("target", MATRIX, 0, -1, 1, 0, -1, -1, 0, 1)));
        tests.add(finite("poisson-nll of rates", new LossTrace(new PoissonNegativeLogLikelihood(false, true, 1e-8, Reduction.MEAN), DType.FLOAT32)
                .with("input", Shape.of(3), 0, 1e4, 1).with("target", Shape.of(3), 0, 1e4, 1e4)));
        tests.add(finite("gaussian-nll", new LossTrace(loss("gaussian-nll"), DType.FLOAT32)
                .with("input", Shape.of(3), 1e4, -1e4, 0).with("target", Shape.of(3), -1e4, 1e4, 0).with("var", Shape.of(3), 0, 1e4, 0)));
        tests.add(finite("kl-divergence", new LossTrace(loss("kl-divergence"), DType.FLOAT32)
                .with("input", Shape.of(3), -1e4, 0, -1e4).with("target", Shape.of(3), 0, 1, 1)));
        for (String loss : List.of("triplet-margin", "triplet-margin-with-distance")) {
            tests.add(finite(loss, new LossTrace(loss(loss), DType.FLOAT32)
                    .with("anchor", MATRIX, SCORES).with("positive", MATRIX, 0, 0, 1e4, 1e4, 0, 1, 2, 3).with("negative", MATRIX, SCORES)));
        }
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> vectorsWithoutLengthGiveNumbers() {
        List<DynamicTest> tests = new ArrayList<>();
        for (double p : new double[] {1, 1.5, 2, 3, 50, Double.POSITIVE_INFINITY}) {
            tests.add(finite("minkowski " + p, new LossTrace(new Minkowski(p, Reduction.MEAN), DType.FLOAT32)
                    .with("input", MATRIX, 0, 0, 1, 1, 1e-4, 0, -1e4, 1e4).with("target", MATRIX, 0, 0, 1, 1, 0, 0, 1e4, 0)));
            tests.add(finite("triplet-margin " + p, new LossTrace(new TripletMargin(1, p, true, 0, Reduction.MEAN), DType.FLOAT32)
                    .with("anchor", MATRIX, new double[8]).with("positive", MATRIX, new double[8]).with("negative", MATRIX, new double[8])));
        }
        for (Distance distance : Distance.values()) {
            tests.add(finite("triplets by " + distance, new LossTrace(
                            new TripletMarginWithDistance(distance, 1, true, Reduction.MEAN), DType.FLOAT32)
                    .with("anchor", MATRIX, new double[8]).with("positive", MATRIX, new double[8]).with("negative", MATRIX, new double[8])));
        }
        tests.add(finite("cosine-embedding", new LossTrace(loss("cosine-embedding"), DType.FLOAT32)
                .with("input1", MATRIX, 0, 0, 1e4, 1e4, 1, 0, 0, 0).with("input2", MATRIX, new double[] {0, 0, 1e4, 1e4, 0, 0, 1, 0})
                .with("target", Shape.of(4), 1, -1, 1, -1)));
        tests.add(finite("contrastive", new LossTrace(loss("contrastive"), DType.FLOAT32)
                .with("input1", MATRIX, 0, 0, 1e4, 1e4, 1, 0, 0, 0).with("input2", MATRIX, new double[] {0, 0, 1e4, 1e4, 0, 0, 1, 0})));
        return tests.stream();
    }

    @Test
    void probabilitiesOfZeroAndOneAreBoundedAsInPyTorch() {
        LossTrace trace = new LossTrace(new BinaryCrossEntropy(List.of(), Reduction.NONE), DType.FLOAT32)
                .with("input", Shape.of(4), 0, 1, 0, 1).with("target", Shape.of(4), 0, 1, 1, 0);
        assertArrayEquals(new double[] {0, 0, 100, 100}, trace.value(), Double.MIN_VALUE);
        assertArrayEquals(new double[] {0, 0, -1e12, 1e12}, trace.gradient("input"), 1e5);
    }

    @Test
    void aProbabilityOutsideTheUnitIntervalIsNotANumber() {
        double[] value = new LossTrace(new BinaryCrossEntropy(List.of(), Reduction.NONE))
                .with("input", Shape.of(3), -0.1, 1.1, 0.5).with("target", Shape.of(3), 1, 0, 1).value();
        assertArrayEquals(new double[] {Double.NaN, Double.NaN, Math.log(2)}, value, 1e-15);
    }

    @Test
    void identicalTripletsCostTheMargin() {
        LossTrace trace = new LossTrace(new TripletMargin(1, 2, false, 1e-6, Reduction.NONE), DType.FLOAT32)
                .with("anchor", MATRIX, SCORES).with("positive", MATRIX, SCORES).with("negative", MATRIX, SCORES);
        assertArrayEquals(new double[] {1, 1, 1, 1}, trace.value());
    }

    @Test
    void theLossesOfExtremeScoresAreExact() {
        LossTrace trace = new LossTrace(new SoftMargin(Reduction.NONE), DType.FLOAT32)
                .with("input", Shape.of(4), 1e4, -1e4, 1e4, -1e4).with("target", Shape.of(4), 1, 1, -1, -1);
        assertArrayEquals(new double[] {0, 1e4, 1e4, 0}, trace.value(), Double.MIN_VALUE);
        assertArrayEquals(new double[] {0, -1, 1, 0}, trace.gradient("input"), Double.MIN_VALUE);

        LossTrace focal = new LossTrace(new Focal(2, 0.5, Reduction.NONE), DType.FLOAT32)
                .with("input", Shape.of(2, 2), 1e4, -1e4, 1e4, -1e4).whole("target", Shape.of(2), 0, 1);
        assertArrayEquals(new double[] {0, 2e4}, focal.value(), Double.MIN_VALUE);
    }

    @TestFactory
    Stream<DynamicTest> anEmptyBatchSumsToZeroAndHasNoMean() {
        return Stream.of("mse", "l1", "huber", "binary-cross-entropy", "binary-cross-entropy-with-logits", "kl-divergence", "soft-margin",
                        "multi-label-soft-margin", "poisson-nll", "euclidean", "chebyshev", "minkowski", "focal", "dice", "quantile")
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    assertEquals(0, empty(name, "sum").value()[0]);
                    assertEquals(0, empty(name, "none").value().length);
                    assertEquals(0, empty(name, "sum").gradient("input").length);
                    assertTrue(Double.isNaN(empty(name, "mean").value()[0]), "as in PyTorch");
                }));
    }

    private static LossTrace empty(String name, String reduction) {
        Loss loss = (Loss) Settings.of(
                Registrations.of(new LossPlugin()).settings(Loss.class, name), Map.of("reduction", reduction));
        return new LossTrace(loss).with("input", Shape.of(0, 3)).with("target", Shape.of(0, 3));
    }

    @Test
    void anEmptyBatchOfClassNumbersSumsToZero() {
        for (String name : List.of("cross-entropy", "nll", "bits-per-symbol", "multi-margin", "focal", "hinge")) {
            Loss loss = (Loss) Settings.of(
                    Registrations.of(new LossPlugin()).settings(Loss.class, name), Map.of("reduction", "sum"));
            assertEquals(0, new LossTrace(loss).with("input", Shape.of(0, 3)).whole("target", Shape.of(0)).value()[0], name);
        }
    }

    private static Loss loss(String name) {
        return (Loss) Settings.of(Registrations.of(new LossPlugin()).settings(Loss.class, name), Map.of());
    }

    private static DynamicTest finite(String name, LossTrace trace) {
        return DynamicTest.dynamicTest(name, () -> {
            for (double[] numbers : trace.valueAndGradients()) {
                for (double number : numbers) {
                    assertFalse(Double.isNaN(number) || Double.isInfinite(number), () -> name + ": " + number);
                }
            }
        });
    }
}
