package org.thalweg.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.tensor.Shape;
import org.thalweg.testkit.LossTrace;

/** Losses that PyTorch does not have, by hand. */
class LossValueTest {
    @Test
    void hingeOfTwoClassesAndItsSquare() {
        double[] scores = {2, 0.5, -1, 1};
        double[] signs = {1, 1, 1, -1};
        LossTrace hinge = new LossTrace(new Hinge(1, Reduction.NONE)).with("input", Shape.of(4), scores).with("target", Shape.of(4), signs);
        assertArrayEquals(new double[] {0, 0.5, 2, 2}, hinge.value());
        LossTrace squared = new LossTrace(new SquaredHinge(1, Reduction.NONE)).with("input", Shape.of(4), scores).with("target", Shape.of(4), signs);
        assertArrayEquals(new double[] {0, 0.25, 4, 4}, squared.value());
    }

    @Test
    void hingeOfSeveralClassesComparesWithTheBestWrongOne() {
        double[] scores = {3, 1, 2.5, 0, 4, 1};
        LossTrace hinge = new LossTrace(new Hinge(1, Reduction.NONE)).with("input", Shape.of(2, 3), scores).whole("target", Shape.of(2), 0, 2);
        assertArrayEquals(new double[] {0.5, 4}, hinge.value());
        assertArrayEquals(new double[] {-1, 0, 1, 0, 1, -1}, hinge.gradient("input"), 1e-15);
        LossTrace squared = new LossTrace(new SquaredHinge(1, Reduction.NONE)).with("input", Shape.of(2, 3), scores).whole("target", Shape.of(2), 0, 2);
        assertArrayEquals(new double[] {0.25, 16}, squared.value());
    }

    @Test
    void distancesOfThreeAndFour() {
        double[] x = {3, 4, 1, 1};
        double[] t = {0, 0, 1, 1};
        assertArrayEquals(new double[] {7, 0}, new LossTrace(new Manhattan(Reduction.NONE)).with("input", Shape.of(2, 2), x).with("target", Shape.of(2, 2), t).value());
        assertArrayEquals(new double[] {5, 0}, new LossTrace(new Euclidean(Reduction.NONE)).with("input", Shape.of(2, 2), x).with("target", Shape.of(2, 2), t).value());
        assertArrayEquals(new double[] {4, 0}, new LossTrace(new Chebyshev(Reduction.NONE)).with("input", Shape.of(2, 2), x).with("target", Shape.of(2, 2), t).value());
        assertArrayEquals(
                new double[] {Math.cbrt(91), 0},
                new LossTrace(new Minkowski(3, Reduction.NONE)).with("input", Shape.of(2, 2), x).with("target", Shape.of(2, 2), t).value(), 1e-14);
    }

    @Test
    void focalWithoutFocusIsCrossEntropy() {
        double[] scores = {1, -0.5, 0.25, 2, 0, -1};
        double[] wanted = new LossTrace(new CrossEntropy(List.of(), -100, 0, Reduction.NONE))
                .with("input", Shape.of(2, 3), scores).whole("target", Shape.of(2), 0, 2).value();
        assertArrayEquals(wanted, new LossTrace(new Focal(0, 0.5, Reduction.NONE))
                .with("input", Shape.of(2, 3), scores).whole("target", Shape.of(2), 0, 2).value(), 1e-14);
    }

    @Test
    void focalIsTheFormulaOfItsPaper() {
        double p = 1 / (1 + Math.exp(-0.7));
        double[] value = new LossTrace(new Focal(2, 0.25, Reduction.NONE))
                .with("input", Shape.of(2), 0.7, 0.7).with("target", Shape.of(2), 1, 0).value();
        assertArrayEquals(new double[] {-0.25 * (1 - p) * (1 - p) * Math.log(p), -0.75 * p * p * Math.log(1 - p)}, value, 1e-15);
    }

    @Test
    void diceAndTverskyOfHalfRightRegions() {
        double[] probabilities = {1, 1, 0, 0};
        double[] wanted = {1, 0, 1, 0};
        LossTrace dice = new LossTrace(new Dice(false, 1, Reduction.NONE)).with("input", Shape.of(1, 4), probabilities).with("target", Shape.of(1, 4), wanted);
        assertArrayEquals(new double[] {1 - 3.0 / 5}, dice.value(), 1e-15);
        LossTrace tversky = new LossTrace(new Tversky(false, 1, 0.3, 0.7, Reduction.NONE))
                .with("input", Shape.of(1, 4), probabilities).with("target", Shape.of(1, 4), wanted);
        assertArrayEquals(new double[] {1 - 2 / 3.0}, tversky.value(), 1e-15);
    }

    @Test
    void quantileCostsMoreOnOneSide() {
        LossTrace trace = new LossTrace(new Quantile(0.9, Reduction.NONE)).with("input", Shape.of(3), 1, 3, 2).with("target", Shape.of(3), 2, 2, 2);
        assertArrayEquals(new double[] {0.9, 0.1, 0}, trace.value(), 1e-15);
    }

    @Test
    void contrastiveOfOnePairIsZeroAndOfOrthogonalPairsIsKnown() {
        LossTrace one = new LossTrace(new Contrastive(0.5, Reduction.NONE)).with("input1", Shape.of(1, 2), 1, 2).with("input2", Shape.of(1, 2), 3, 1);
        assertArrayEquals(new double[] {0, 0}, one.value(), 1e-15);
        // Each finds its other view with cosine 1 among two strangers with cosine 0.
        LossTrace two = new LossTrace(new Contrastive(1, Reduction.MEAN)).with("input1", Shape.of(2, 2), 1, 0, 0, 5).with("input2", Shape.of(2, 2), 2, 0, 0, 1);
        assertEquals(Math.log(Math.E + 2) - 1, two.value()[0], 1e-15);
    }

    @Test
    void equalScoresOfEightSymbolsAreThreeBits() {
        LossTrace trace = new LossTrace(new BitsPerSymbol(-100, Reduction.MEAN)).with("input", Shape.of(2, 8), new double[16]).whole("target", Shape.of(2), 3, 5);
        assertEquals(3, trace.value()[0], 1e-15);
    }

    @Test
    void batchMeanIsTheDivergenceOfTheRows() {
        double[] p = {0.75, 0.25, 0.5, 0.5};
        double[] q = {0.5, 0.5, 0.75, 0.25};
        double[] logs = java.util.Arrays.stream(q).map(Math::log).toArray();
        double mean = (Information.NATS.klDivergence(new double[] {0.75, 0.25}, new double[] {0.5, 0.5})
                + Information.NATS.klDivergence(new double[] {0.5, 0.5}, new double[] {0.75, 0.25})) / 2;
        assertEquals(mean, new LossTrace(new KlDivergence(false, true, Reduction.MEAN)).with("input", Shape.of(2, 2), logs).with("target", Shape.of(2, 2), p).value()[0], 1e-15);
    }

    @Test
    void theDivergenceOfAScalarIsThatOfOneRow() {
        LossTrace trace = new LossTrace(new KlDivergence(false, true, Reduction.MEAN)).with("input", Shape.scalar(), -1).with("target", Shape.scalar(), 1);
        assertArrayEquals(new double[] {1}, trace.value());
    }

    @Test
    void weightsAreForAllElementsOrTheLastAxisOrAxes() {
        double log2 = Math.log(2);
        for (List<Double> weight : List.of(List.of(2.0), List.of(2.0, 2.0), List.of(2.0, 2.0, 2.0, 2.0))) {
            LossTrace trace = new LossTrace(new BinaryCrossEntropyWithLogits(weight, List.of(3.0), Reduction.NONE))
                    .with("input", Shape.of(2, 2), 0, 0, 0, 0).with("target", Shape.of(2, 2), 1, 0, 1, 0);
            assertArrayEquals(new double[] {6 * log2, 2 * log2, 6 * log2, 2 * log2}, trace.value(), 1e-15);
        }
    }

    @Test
    void theNormOfTripletsMayBeBelowOne() {
        // (sqrt(1) + sqrt(4))^2 = 9 from the positive, (sqrt(4) + sqrt(4))^2 = 16 from the negative.
        LossTrace trace = new LossTrace(new TripletMargin(10, 0.5, false, 0, Reduction.NONE)).with("anchor", Shape.of(2), 0, 0)
                .with("positive", Shape.of(2), 1, 4).with("negative", Shape.of(2), 4, 4);
        assertArrayEquals(new double[] {3}, trace.value(), 1e-13);
    }

    @Test
    void theSquareOfAZeroVectorIsPyTorchsFloat() {
        LossTrace trace = new LossTrace(new CosineEmbedding(0, Reduction.NONE)).with("input1", Shape.of(1, 2), 0, 0).with("input2", Shape.of(1, 2), 3, 4)
                .with("target", Shape.of(1), 1);
        double least = Math.sqrt(1e-12f);
        assertArrayEquals(new double[] {-0.6 / least, -0.8 / least}, trace.gradient("input1"), 1e-5);
    }

    @Test
    void varianceMayBeGivenForEachRow() {
        for (Shape shape : List.of(Shape.of(2), Shape.of(2, 1))) {
            double[] value = new LossTrace(new GaussianNegativeLogLikelihood(false, 1e-6, Reduction.NONE)).with("input", Shape.of(2, 2), 0, 1, 2, 3)
                    .with("target", Shape.of(2, 2), 0, 0, 0, 0).with("var", shape, 1, 4).value();
            assertArrayEquals(new double[] {0, 0.5, Math.log(2) + 0.5, Math.log(2) + 9 / 8.0}, value, 1e-15);
        }
    }
}
