package org.thalweg.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;

class RegressionMetricTest {
    @Test
    void rootMeanSquaredErrorIsInTheTargetsUnits() {
        assertEquals(Math.sqrt((9 + 16 + 0 + 0) / 4.0),
                MetricRun.numbers(new RootMeanSquaredError(), 1, new double[] {1, 2, 3, 4}, 4, -2, 3, 4).value(), 1e-12);
        assertFalse(new RootMeanSquaredError().higherIsBetter());
    }

    @Test
    void rSquaredComparesWithTheTargetsMean() {
        // The mean is 2.5 and the squares around it add up to 5; the prediction's errors to 1 + 1.
        double[] target = {1, 2, 3, 4};
        assertEquals(1 - 2 / 5.0, MetricRun.numbers(new RSquared(), 1, new double[] {2, 2, 3, 3}, target).value(), 1e-12);
        assertEquals(0, MetricRun.numbers(new RSquared(), 1, new double[] {2.5, 2.5, 2.5, 2.5}, target).value(), 1e-12);
        assertEquals(1, MetricRun.numbers(new RSquared(), 1, target, target).value());
        assertEquals(1 - 20 / 5.0, MetricRun.numbers(new RSquared(), 1, new double[] {4, 3, 2, 1}, target).value(), 1e-12);
        assertTrue(new RSquared().higherIsBetter());
    }

    @Test
    void rSquaredOfSeveralNumbersIsTheMeanOverThem() {
        double[] target = {1, 10, 2, 20, 3, 30, 4, 40};
        double[] prediction = {2, 10, 2, 20, 3, 30, 3, 40};
        assertEquals((0.6 + 1) / 2, MetricRun.numbers(new RSquared(), 2, prediction, target).value(), 1e-12);
    }

    @Test
    void rSquaredOfScalarRows() {
        MetricRun run = new MetricRun(
                new RSquared(), Shape.scalar(), new double[] {2, 2, 3, 3}, Shape.scalar(), DType.FLOAT64, new double[] {1, 2, 3, 4});
        assertEquals(0.6, run.value(), 1e-12);
    }

    @Test
    void shapesThatDoNotFitAreNamed() {
        assertEquals("root-mean-squared-error: 'target' must have the shape of 'input', [4, 2], but has [4]",
                MetricRun.mistake(new RootMeanSquaredError(), Shape.of(4, 2), Shape.of(4), DType.FLOAT64));
        assertEquals("r-squared: 'target' must have the shape of 'input', [4, 2], but has [4]",
                MetricRun.mistake(new RSquared(), Shape.of(4, 2), Shape.of(4), DType.FLOAT64));
        assertEquals("r-squared: needs predictions [rows, ...], but the prediction is a scalar",
                MetricRun.mistake(new RSquared(), Shape.scalar(), Shape.scalar(), DType.FLOAT64));
    }
}
