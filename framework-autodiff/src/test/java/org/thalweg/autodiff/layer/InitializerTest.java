package org.thalweg.autodiff.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.thalweg.api.layer.Initializer;
import org.thalweg.api.tensor.Shape;

class InitializerTest {
    /** A weight of 50 outputs and 100 times 4 inputs. */
    private static final Shape WEIGHT = Shape.of(50, 100, 4);

    @Test
    void constantsAreConstant() {
        assertArrayEquals(new double[] {0, 0}, values(new Zeros(), Shape.of(2)));
        assertArrayEquals(new double[] {1, 1}, values(new Ones(), Shape.of(1, 2)));
        assertArrayEquals(new double[] {7}, values(new Constant(7), Shape.scalar()));
    }

    @Test
    void uniformFillsItsRangeEvenly() {
        assertStatistics(new Uniform(-1, 3), 1, 4 / Math.sqrt(12), -1, 3);
    }

    @Test
    void normalHasItsMeanAndDeviation() {
        assertStatistics(new Normal(2, 0.5), 2, 0.5, -1, 5);
    }

    @Test
    void truncatedNormalStaysWithinItsCutoff() {
        // A standard normal distribution cut at 2 has this deviation.
        assertStatistics(new TruncatedNormal(1, 0.5, 2), 1, 0.5 * 0.8796257, 0, 2);
    }

    @Test
    void xavierCountsInputsAndOutputs() {
        // Fan in 100 * 4, fan out 50 * 4.
        double deviation = 1.5 * Math.sqrt(2.0 / 600);
        assertStatistics(new XavierUniform(1.5), 0, deviation, -deviation * Math.sqrt(3), deviation * Math.sqrt(3));
        assertStatistics(new XavierNormal(1.5), 0, deviation, -6 * deviation, 6 * deviation);
    }

    @Test
    void lecunKeepsTheVarianceOfTheInputs() {
        double deviation = 1 / Math.sqrt(400);
        assertStatistics(new LecunUniform(1), 0, deviation, -deviation * Math.sqrt(3), deviation * Math.sqrt(3));
        assertStatistics(new LecunNormal(1), 0, deviation, -6 * deviation, 6 * deviation);
    }

    @Test
    void eyeAndDiracHandOn() {
        assertArrayEquals(new double[] {1, 0, 0, 0, 1, 0}, values(new Eye(), Shape.of(2, 3)));
        assertArrayEquals(new double[] {1, 0, 0, 1, 0, 0}, values(new Eye(), Shape.of(3, 2)));
        assertArrayEquals(new double[] {0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0}, values(new Dirac(1), Shape.of(2, 2, 3)));
        assertArrayEquals(new double[] {0, 1, 0, 1}, values(new Dirac(2), Shape.of(2, 1, 2)));
    }

    @Test
    void sparseHasTheSameNumberOfZerosInEachColumn() {
        double[] w = values(new Sparse(0.35, 1), Shape.of(10, 4));
        for (int column = 0; column < 4; column++) {
            int zeros = 0;
            for (int row = 0; row < 10; row++) {
                zeros += w[row * 4 + column] == 0 ? 1 : 0;
            }
            assertEquals(4, zeros);
        }
    }

    @Test
    void orthogonalRowsOrColumnsAreOrthogonal() {
        for (int[] extents : new int[][] {{3, 5, 2}, {7, 4}}) {
            int rows = extents[0];
            double[] w = values(new Orthogonal(2), Shape.of(extents));
            int columns = w.length / rows;
            int fewer = Math.min(rows, columns);
            for (int a = 0; a < fewer; a++) {
                for (int b = 0; b < fewer; b++) {
                    double product = 0;
                    for (int k = 0; k < Math.max(rows, columns); k++) {
                        product += rows < columns ? w[a * columns + k] * w[b * columns + k] : w[k * columns + a] * w[k * columns + b];
                    }
                    assertEquals(a == b ? 4 : 0, product, 1e-12);
                }
            }
        }
        assertEquals(0, values(new Orthogonal(1), Shape.of(0, 3)).length);
    }

    @Test
    void heCountsInputs() {
        double deviation = Math.sqrt(2.0 / 400);
        assertStatistics(new HeUniform(Math.sqrt(2)), 0, deviation, -deviation * Math.sqrt(3), deviation * Math.sqrt(3));
        assertStatistics(new HeNormal(Math.sqrt(2)), 0, deviation, -6 * deviation, 6 * deviation);
    }

    @Test
    void emptyWeightsAreNoProblem() {
        for (Initializer initializer : List.of(new Zeros(), new XavierNormal(1), new HeUniform(1), new TruncatedNormal(0, 1, 2))) {
            assertEquals(0, values(initializer, Shape.of(3, 0)).length);
        }
    }

    @Test
    void theSameStreamGivesTheSameValues() {
        assertArrayEquals(values(new HeNormal(1), WEIGHT), values(new HeNormal(1), WEIGHT));
    }

    private static double[] values(Initializer initializer, Shape shape) {
        return initializer.values(shape, new SplittableRandom(42));
    }

    private static void assertStatistics(Initializer initializer, double mean, double deviation, double low, double high) {
        double[] values = values(initializer, WEIGHT);
        assertEquals(WEIGHT.size(), values.length);
        double measured = Arrays.stream(values).average().orElseThrow();
        double variance = Arrays.stream(values).map(v -> (v - measured) * (v - measured)).average().orElseThrow();
        // Five standard errors of the mean; the standard error of a deviation is at most as large.
        double tolerance = 5 * deviation / Math.sqrt(values.length);
        assertEquals(mean, measured, tolerance);
        assertEquals(deviation, Math.sqrt(variance), tolerance);
        assertTrue(Arrays.stream(values).allMatch(v -> low <= v && v <= high));
    }
}
