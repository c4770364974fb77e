package org.thalweg.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.tensor.Shape;
import org.thalweg.testkit.LossTrace;

/** Scores without an axis of rows, by hand. */
class SingleRowTest {
    private static final double[] SCORES = {0, Math.log(2), 0};

    @Test
    void crossEntropyOfOneRowIsTheLogarithmOfItsProbability() {
        // The probabilities are 1/4, 1/2 and 1/4.
        Loss loss = new CrossEntropy(List.of(), -100, 0, Reduction.NONE);
        LossTrace number = new LossTrace(loss).with("input", Shape.of(3), SCORES).whole("target", Shape.scalar(), 1);
        assertArrayEquals(new double[] {Math.log(2)}, number.value(), 1e-15);
        assertArrayEquals(new double[] {0.25, -0.5, 0.25}, number.gradient("input"), 1e-15);
        LossTrace probabilities = new LossTrace(loss).with("input", Shape.of(3), SCORES).with("target", Shape.of(3), 0.5, 0.5, 0);
        assertArrayEquals(new double[] {1.5 * Math.log(2)}, probabilities.value(), 1e-15);
    }

    @Test
    void negativeLogLikelihoodOfOneRowIsItsElement() {
        Loss loss = new NegativeLogLikelihood(List.of(1.0, 1.0, 3.0), -100, Reduction.SUM);
        LossTrace trace = new LossTrace(loss).with("input", Shape.of(3), -1, -2, -4).whole("target", Shape.scalar(), 2);
        assertArrayEquals(new double[] {12}, trace.value());
        assertArrayEquals(new double[] {0, 0, -3}, trace.gradient("input"), 1e-15);
    }

    @Test
    void marginsOfOneRowAreThoseOfItsClass() {
        // 1 - 2 + 1.5 for the first class, nothing for the last.
        LossTrace one = new LossTrace(new MultiMargin(1, 1, List.of(), Reduction.MEAN)).with("input", Shape.of(4), 1.5, 2, 0, 0);
        assertArrayEquals(new double[] {0.125}, one.whole("target", Shape.scalar(), 1).value(), 1e-15);
        LossTrace several = new LossTrace(new MultiLabelMargin(Reduction.MEAN)).with("input", Shape.of(4), 1.5, 2, 0, 0);
        // 1.5 leads the two others by enough, 2 too.
        assertArrayEquals(new double[] {0}, several.whole("target", Shape.of(4), 1, 0, -1, -1).value());
    }

    @Test
    void ctcOfOneRowTakesLengthsWithoutAnAxis() {
        double half = Math.log(0.5);
        for (boolean batchFirst : List.of(true, false)) {
            LossTrace trace = new LossTrace(new Ctc(0, false, batchFirst, Reduction.NONE)).with("input", Shape.of(2, 2), half, half, half, half)
                    .whole("target", Shape.of(1), 1).whole("inputLengths", Shape.scalar(), 2).whole("targetLengths", Shape.scalar(), 1);
            // Of the four readings of two steps, all but two blanks give the symbol.
            assertArrayEquals(new double[] {-Math.log(0.75)}, trace.value(), 1e-15);
        }
    }
}
