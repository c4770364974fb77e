package org.thalweg.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.thalweg.api.metric.Metric;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;
import org.thalweg.testkit.Evaluation;

class MetricTest {
    @Test
    void accuracyComparesTheHighestScoreWithTheClassNumber() {
        double[] scores = {0, 1, 0, 3, 2, 1, 0, 0, 5, 1, 1, 0};
        assertEquals(0.75, value(new Accuracy(), scores, Shape.of(4, 3), new double[] {1, 0, 1, 0}, Shape.of(4), DType.INT32));
    }

    @Test
    void accuracyCountsEveryPlaceOfARow() {
        double[] scores = {0, 1, 1, 0};
        assertEquals(1, value(new Accuracy(), scores, Shape.of(1, 2, 2), new double[] {1, 0}, Shape.of(1, 2), DType.INT32));
    }

    @Test
    void accuracyOfOneScoreARowHasItsThresholdAtZero() {
        double[] scores = {-1, 2, 0, 0.1};
        double[] targets = {0, 1, 1, 1};
        assertEquals(0.75, value(new Accuracy(), scores, Shape.of(4, 1), targets, Shape.of(4), DType.INT32));
        assertEquals(0.75, value(new Accuracy(), scores, Shape.of(4, 1), targets, Shape.of(4, 1), DType.FLOAT64));
        assertEquals(0.75, value(new Accuracy(), scores, Shape.of(4), targets, Shape.of(4), DType.BOOL));
        assertTrue(new Accuracy().higherIsBetter());
    }

    @Test
    void accuracyDoesNotTakeTargetsThatOnlyHappenToBeAsMany() {
        String message = mistake(new Accuracy(), Shape.of(4, 1), Shape.of(2, 2));
        assertTrue(message.endsWith("the prediction is [4, 1] and the target FLOAT64 [2, 2]"), message);
    }

    @Test
    void errorsAreMeansOverAllElements() {
        double[] prediction = {1, 2, 3, 4};
        double[] target = {1, 0, 6, 4};
        assertEquals(1.25, value(new MeanAbsoluteError(), prediction, Shape.of(2, 2), target, Shape.of(2, 2), DType.FLOAT64));
        assertEquals(3.25, value(new MeanSquaredError(), prediction, Shape.of(2, 2), target, Shape.of(2, 2), DType.INT32));
        assertFalse(new MeanAbsoluteError().higherIsBetter());
        assertFalse(new MeanSquaredError().higherIsBetter());
    }

    @Test
    void perplexityOfAModelThatKnowsNothingIsTheNumberOfClasses() {
        assertEquals(6, value(new Perplexity(-100), new double[12], Shape.of(2, 6), new double[] {3, 0}, Shape.of(2), DType.INT32), 1e-14);
        assertFalse(new Perplexity(-100).higherIsBetter());
    }

    @Test
    void mutualInformationIsWhatTheAnswerTellsAboutTheClass() {
        double[] classes = {0, 1, 0, 1};
        double[] right = {1, 0, 0, 1, 1, 0, 0, 1};
        double[] opposite = {0, 1, 1, 0, 0, 1, 1, 0};
        double[] alwaysTheFirst = {1, 0, 1, 0, 1, 0, 1, 0};
        assertEquals(1, value(new MutualInformation(), right, Shape.of(4, 2), classes, Shape.of(4), DType.INT32), 1e-15);
        assertEquals(1, value(new MutualInformation(), opposite, Shape.of(4, 2), classes, Shape.of(4), DType.INT32), 1e-15);
        assertEquals(0, value(new MutualInformation(), alwaysTheFirst, Shape.of(4, 2), classes, Shape.of(4), DType.INT32), 1e-15);
        assertTrue(Double.isNaN(new MutualInformation().value(new double[4])));
    }

    @Test
    void shapesThatDoNotFitAreNamed() {
        assertEquals(
                "accuracy: needs scores [rows, classes, ...] with class numbers (INT32) [rows, ...], or one score a row with as many"
                        + " targets of 0 and 1; but the prediction is [4, 3] and the target FLOAT64 [4, 3]",
                mistake(new Accuracy(), Shape.of(4, 3), Shape.of(4, 3)));
        assertEquals(
                "mean-absolute-error: 'target' must have the shape of 'input', [4, 2], but has [4]",
                mistake(new MeanAbsoluteError(), Shape.of(4, 2), Shape.of(4)));
        assertEquals(
                "mean-squared-error: 'target' must have the shape of 'input', [4, 2], but has [4]",
                mistake(new MeanSquaredError(), Shape.of(4, 2), Shape.of(4)));
    }

    private static double value(Metric metric, double[] prediction, Shape shape, double[] target, Shape targetShape, DType targetType) {
        Graph graph = new Graph();
        Expression x = graph.input("prediction", shape, DType.FLOAT64);
        Expression t = graph.input("target", targetShape, targetType);
        List<Expression> sums = metric.sums(x, t).stream().map(Expression.class::cast).toList();
        return metric.value(Evaluation.of(sums, Map.of(x, prediction, t, target)).stream().flatMapToDouble(Arrays::stream).toArray());
    }

    private static String mistake(Metric metric, Shape prediction, Shape target) {
        Graph graph = new Graph();
        Expression x = graph.input("prediction", prediction, DType.FLOAT64);
        Expression t = graph.input("target", target, DType.FLOAT64);
        return assertThrows(ShapeException.class, () -> metric.sums(x, t)).getMessage();
    }
}
