package org.thalweg.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.autodiff.gradient.Gradients;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;
import org.thalweg.testkit.Evaluation;

class LossTest {
    private static Expression reduced(Loss loss, Expression input, Expression target) {
        Loss.Elements elements = loss.elements(new LossInputs("this-loss", Map.of("input", input, "target", target)));
        return (Expression) switch (loss.reduction()) {
            case MEAN -> elements.values().sum().div(elements.divisor());
            case SUM -> elements.values().sum();
            case NONE -> elements.values();
        };
    }

    @Test
    void crossEntropyWeighsTheMeanByTheTargetsThatCount() {
        CrossEntropy loss = new CrossEntropy(List.of(1.0, 3.0), 7, 0, Reduction.MEAN);
        double[] value = classNumbers(loss, new double[] {0, 0, 0, 0, 0, 0}, 0, 1, 7);
        assertEquals(Math.log(2), value[0], 1e-15);
    }

    @Test
    void crossEntropyOfAClassThatDoesNotExistIsNotANumber() {
        CrossEntropy loss = new CrossEntropy(List.of(), -100, 0, Reduction.NONE);
        assertArrayEquals(
                new double[] {Double.NaN, Double.NaN, 0, Math.log(2)},
                classNumbers(loss, new double[8], 2, -1, -100, 1), 1e-15);
    }

    @Test
    void crossEntropyWhereNoTargetCountsIsNotANumberAsInPyTorch() {
        CrossEntropy loss = new CrossEntropy(List.of(), -100, 0, Reduction.MEAN);
        assertTrue(Double.isNaN(classNumbers(loss, new double[2], -100)[0]));
    }

    @Test
    void crossEntropyIsStableWhereScoresAreExtreme() {
        CrossEntropy loss = new CrossEntropy(List.of(), -100, 0, Reduction.NONE);
        double[] scores = {1e4, -1e4, 1e4, -1e4, Double.NEGATIVE_INFINITY, 0};
        assertArrayEquals(new double[] {0, 2e4, 0}, classNumbers(loss, scores, 0, 1, 1));
    }

    @Test
    void binaryCrossEntropyIsStableWhereScoresAreExtreme() {
        Graph graph = new Graph();
        Expression x = graph.variable("input", Shape.of(4), DType.FLOAT64);
        Expression t = graph.input("target", Shape.of(4), DType.FLOAT64);
        Expression value = reduced(new BinaryCrossEntropyWithLogits(List.of(), List.of(), Reduction.NONE), x, t);
        Expression gradient = Gradients.of(value, (Expression) value.onesLike(), List.of(x)).getFirst();
        List<double[]> got = Evaluation.of(
                List.of(value, gradient), Map.of(x, new double[] {1e4, -1e4, 1e4, 0}, t, new double[] {1, 1, 0, 1}));
        assertArrayEquals(new double[] {0, 1e4, 1e4, Math.log(2)}, got.get(0), 1e-15);
        assertArrayEquals(new double[] {0, -1, 1, -0.5}, got.get(1), 1e-15);
    }

    @Test
    void oneTargetARowMayFaceAColumnOfOne() {
        Graph graph = new Graph();
        Expression x = graph.input("x", Shape.of(2, 1), DType.FLOAT64);
        Expression t = graph.input("t", Shape.of(2), DType.FLOAT64);
        Loss.Elements elements = new MeanSquaredErrorLoss(Reduction.MEAN).elements(new LossInputs("this-loss", Map.of("input", x, "target", t)));

        assertEquals(Shape.of(2, 1), elements.values().shape());
        assertArrayEquals(new double[] {1, 9}, Evaluation.of(
                List.of((Expression) elements.values()), Map.of(x, new double[] {1, 2}, t, new double[] {2, 5})).getFirst(), 0);
    }

    @Test
    void aTargetIsNeverBroadcast() {
        assertEquals(
                "this-loss: 'target' must have the shape of 'input', [4, 1], but has [1]",
                mistake(new MeanSquaredErrorLoss(Reduction.MEAN), Shape.of(4, 1), Shape.of(1), DType.FLOAT64));
        assertEquals(
                "this-loss: 'target' must have the shape of 'input', [4, 3], but has [4, 1]",
                mistake(new BinaryCrossEntropyWithLogits(List.of(), List.of(), Reduction.MEAN),
                        Shape.of(4, 3), Shape.of(4, 1), DType.FLOAT64));
    }

    @Test
    void crossEntropySaysWhatTargetsItTakes() {
        CrossEntropy loss = new CrossEntropy(List.of(), -100, 0, Reduction.MEAN);
        String takes = "this-loss: 'target' must be class numbers (INT32) of the shape [4] or probabilities (floating-point) of the shape"
                + " [4, 3], as 'input' is [4, 3]; but it is ";
        assertEquals(takes + "INT32 of the shape [4, 1]", mistake(loss, Shape.of(4, 3), Shape.of(4, 1), DType.INT32));
        assertEquals(takes + "FLOAT64 of the shape [4]", mistake(loss, Shape.of(4, 3), Shape.of(4), DType.FLOAT64));
        assertEquals(
                "this-loss: 'input' must be [rows, classes] or [rows, classes, ...], but has the shape [4]",
                mistake(loss, Shape.of(4), Shape.of(4), DType.INT32));
    }

    @Test
    void weightsMustFitTheInput() {
        assertEquals(
                "this-loss: weight has 2 numbers, but 'input' has 3 classes: its shape is [4, 3]",
                mistake(new CrossEntropy(List.of(1.0, 2.0), -100, 0, Reduction.MEAN), Shape.of(4, 3), Shape.of(4), DType.INT32));
        assertEquals(
                "this-loss: posWeight needs a number for each position of the last axis of 'input', [4, 3], but has 2",
                mistake(new BinaryCrossEntropyWithLogits(List.of(), List.of(2.0, 2.0), Reduction.MEAN),
                        Shape.of(4, 3), Shape.of(4, 3), DType.FLOAT64));
    }

    /** The cross-entropy of rows of two scores. */
    private static double[] classNumbers(CrossEntropy loss, double[] scores, double... classes) {
        Graph graph = new Graph();
        Expression x = graph.variable("input", Shape.of(classes.length, 2), DType.FLOAT64);
        Expression t = graph.input("target", Shape.of(classes.length), DType.INT32);
        return Evaluation.of(List.of(reduced(loss, x, t)), Map.of(x, scores, t, classes)).getFirst();
    }

    private static String mistake(Loss loss, Shape input, Shape target, DType targetType) {
        Graph graph = new Graph();
        Expression x = graph.variable("input", input, DType.FLOAT64);
        Expression t = graph.input("target", target, targetType);
        return assertThrows(ShapeException.class, () -> reduced(loss, x, t)).getMessage();
    }
}
