package org.thalweg.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.testkit.LossTrace;

/** Connectionist temporal classification, against the sum over all alignments and at the ends of precision. */
class CtcTest {
    private static final int SYMBOLS = 3;

    @Test
    void isTheSumOverEveryAlignment() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(5);
        for (double[] target : new double[][] {{}, {1}, {1, 2}, {1, 1}, {2, 1, 2}, {2, 2, 2}}) {
            for (int time = 1; time <= 5; time++) {
                double[] x = logProbabilities(random, time);
                double wanted = -Math.log(probability(x, time, target));
                assertEquals(wanted, trace(DType.FLOAT64, x, time, false, target).value()[0], 1e-12, () -> Arrays.toString(target));
            }
        }
    }

    @Test
    void aTargetThatCannotBeAlignedIsInfiniteOrLeftOut() {
        double[] x = logProbabilities(RandomGeneratorFactory.of("L64X128MixRandom").create(6), 2);
        assertEquals(Double.POSITIVE_INFINITY, trace(DType.FLOAT32, x, 2, false, 1, 1).value()[0]);
        assertTrue(Double.isNaN(trace(DType.FLOAT32, x, 2, false, 1, 1).gradient("input")[0]), "as in PyTorch");
        assertEquals(0, trace(DType.FLOAT32, x, 2, true, 1, 1).value()[0]);
        assertArrayEquals(new double[x.length], trace(DType.FLOAT32, x, 2, true, 1, 1).gradient("input"));
    }

    @Test
    void aTargetThatHasProbabilityZeroCannotBeAligned() {
        double[] x = {0, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        assertEquals(Double.POSITIVE_INFINITY, trace(DType.FLOAT64, x, 1, false, 1).value()[0]);
        assertEquals(0, trace(DType.FLOAT64, x, 1, true, 1).value()[0]);
        assertEquals(0, trace(DType.FLOAT64, x, 1, false).value()[0], Double.MIN_VALUE);
    }

    @Test
    void probabilitiesBelowTheRangeOfDoublesAreAddedAsLogarithms() {
        double[] x = new double[3 * SYMBOLS];
        for (int t = 0; t < 3; t++) {
            x[t * SYMBOLS + 1] = -2000;
            x[t * SYMBOLS + 2] = -1000;
        }
        LossTrace trace = trace(DType.FLOAT64, x, 3, false, 1);
        // One of three steps is the symbol, or more: those are lost in the sum.
        assertEquals(2000 - Math.log(3), trace.value()[0], 1e-12 * 2000);
        double third = -1.0 / 3;
        assertArrayEquals(
                new double[] {2 * third, third, 0, 2 * third, third, 0, 2 * third, third, 0}, trace.gradient("input"), 1e-12);
    }

    @Test
    void longInputsStayExact() {
        int time = 2000;
        double[] x = new double[time * SYMBOLS];
        Arrays.fill(x, -Math.log(SYMBOLS));
        // Every path is as likely: those that read 1 are runs of 1 within blanks, time * (time + 1) / 2 of them.
        double wanted = time * Math.log(SYMBOLS) - Math.log(time * (time + 1.0) / 2);
        assertEquals(wanted, trace(DType.FLOAT64, x, time, false, 1).value()[0], 1e-11 * wanted);
    }

    private static LossTrace trace(DType dtype, double[] x, int time, boolean zeroInfinity, double... target) {
        return new LossTrace(new Ctc(0, zeroInfinity, true, Reduction.SUM), dtype)
                .with("input", Shape.of(1, time, SYMBOLS), x)
                .whole("target", Shape.of(1, target.length), target)
                .whole("inputLengths", Shape.of(1), time)
                .whole("targetLengths", Shape.of(1), target.length);
    }

    /** By trying all paths. */
    private static double probability(double[] x, int time, double... target) {
        double sum = 0;
        int paths = (int) Math.pow(SYMBOLS, time);
        for (int path = 0; path < paths; path++) {
            double log = 0;
            double[] read = new double[time];
            int length = 0;
            int before = 0;
            for (int t = 0, rest = path; t < time; t++, rest /= SYMBOLS) {
                int symbol = rest % SYMBOLS;
                log += x[t * SYMBOLS + symbol];
                if (symbol != 0 && symbol != before) {
                    read[length++] = symbol;
                }
                before = symbol;
            }
            sum += Arrays.equals(Arrays.copyOf(read, length), target) ? Math.exp(log) : 0;
        }
        return sum;
    }

    private static double[] logProbabilities(RandomGenerator random, int time) {
        double[] x = new double[time * SYMBOLS];
        for (int t = 0; t < time; t++) {
            double sum = 0;
            for (int k = 0; k < SYMBOLS; k++) {
                x[t * SYMBOLS + k] = random.nextGaussian();
                sum += Math.exp(x[t * SYMBOLS + k]);
            }
            for (int k = 0; k < SYMBOLS; k++) {
                x[t * SYMBOLS + k] -= Math.log(sum);
            }
        }
        return x;
    }
}
