package org.thalweg.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
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
    void neighboursAreOtherRowsAndTheNearestOnesCount() {
        // 0 and 1 are near each other and of one class; 5 is nearest to 7, of another class, which is nearest to 7.5 of its own.
        double[] places = {0, 1, 5, 7, 7.5};
        assertEquals(4 / 5.0, value(new NearestNeighbourAccuracy(), places, Shape.of(5, 1), new double[] {0, 0, 0, 1, 1}, Shape.of(5), DType.INT32), 1e-15);
        assertEquals(0, value(new NearestNeighbourAccuracy(), new double[] {0, 1}, Shape.of(2, 1), new double[] {0, 1}, Shape.of(2), DType.INT32), 1e-15);
        assertTrue(Double.isNaN(value(new NearestNeighbourAccuracy(), new double[1], Shape.of(1, 1), new double[1], Shape.of(1), DType.INT32)));
        assertTrue(new NearestNeighbourAccuracy().wholeDataset());
        assertTrue(new NearestNeighbourAccuracy().higherIsBetter());
    }

    @Test
    void labelErrorsAreTheEditsOfWhatIsReadWithoutRepetitionsAndBlanks() {
        // 1 1 - 1 2 reads 112, against 12: one deletion. 2 2 2 - - reads 2, against 3 2 1: two insertions.
        double[] scores = scores(3 + 1, 1, 1, 0, 1, 2, 2, 2, 2, 0, 0);
        double[] targets = {1, 2, 0, 3, 2, 1};
        LabelErrorRate rate = new LabelErrorRate(0, "inputLengths", "targetLengths");
        assertEquals(3 / 5.0, value(rate, scores, Shape.of(2, 5, 4), targets, Shape.of(2, 3), DType.INT32), 1e-15);
        // Of the first row only 1 1 - counts, against 1; of the second 2, against 3 2.
        Map<String, double[]> lengths = Map.of("inputLengths", new double[] {3, 1}, "targetLengths", new double[] {1, 2});
        Graph graph = new Graph();
        Map<Expression, double[]> given = new HashMap<>();
        Expression x = graph.input("prediction", Shape.of(2, 5, 4), DType.FLOAT64);
        Expression t = graph.input("target", Shape.of(2, 3), DType.INT32);
        given.put(x, scores);
        given.put(t, targets);
        List<Expression> sums = rate.sums(x, t, name -> {
            Expression column = graph.input(name, Shape.of(2), DType.INT32);
            given.put(column, lengths.get(name));
            return column;
        }).stream().map(Expression.class::cast).toList();
        assertEquals(1 / 3.0, rate.value(Evaluation.of(sums, given).getFirst()), 1e-15);
        assertFalse(rate.higherIsBetter());
    }

    /** Highest where the symbols are. */
    private static double[] scores(int classes, int... symbols) {
        double[] scores = new double[classes * symbols.length];
        for (int i = 0; i < symbols.length; i++) {
            scores[i * classes + symbols[i]] = 1;
        }
        return scores;
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
