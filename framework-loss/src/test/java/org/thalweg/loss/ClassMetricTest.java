package org.thalweg.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.thalweg.api.metric.Metric;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.settings.SettingsException;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;

class ClassMetricTest {
    /** Scores of 3 classes whose answers are 0, 0, 1, 1, 2, 0, 0. */
    private static final double[] SCORES = {3, 1, 0, 2, 1, 1, 0, 5, 1, 0, 5, 1, 1, 2, 3, 9, 8, 7, 4, 0, 0};

    /** Right are rows 0, 2 and 4: class 0 has 3 rows, 1 has 2, 2 has 2; the counts by answer are 2 1 0, 1 1 0 and 1 0 1. */
    private static final double[] TARGETS = {0, 1, 1, 0, 2, 2, 0};

    @Test
    void precisionIsTheShareOfRightAnswersOfAClass() {
        assertEquals((2 / 4.0 + 1 / 2.0 + 1 / 1.0) / 3, value(new Precision("macro")), 1e-15);
        assertEquals(2 / 4.0, value(new Precision("0")), 1e-15);
        assertEquals(1, value(new Precision("2")), 1e-15);
    }

    @Test
    void recallIsTheShareOfAClassThatIsFound() {
        assertEquals((2 / 3.0 + 1 / 2.0 + 1 / 2.0) / 3, value(new Recall("macro")), 1e-15);
        assertEquals(2 / 3.0, value(new Recall("0")), 1e-15);
    }

    @Test
    void f1IsTheHarmonicMeanOfPrecisionAndRecall() {
        assertEquals((4 / 7.0 + 2 / 4.0 + 2 / 3.0) / 3, value(new F1("macro")), 1e-15);
        assertEquals(2 / (4 / 2.0 + 3 / 2.0), value(new F1("0")), 1e-15);
    }

    @Test
    void microAveragesOfOneAnswerARowAreTheAccuracy() {
        for (Metric metric : List.of(new Precision("micro"), new Recall("micro"), new F1("micro"), new Accuracy())) {
            assertEquals(4 / 7.0, value(metric), 1e-15);
        }
    }

    @Test
    void classesThatDoNotOccurAreNotAveraged() {
        double[] scores = {1, 0, 0, 0, 1, 0, 0, 0};
        assertEquals(1, MetricRun.classes(new Precision("macro"), 4, scores, 0, 0).value());
        assertEquals(0.5, MetricRun.classes(new Recall("macro"), 4, scores, 0, 1).value());
        assertEquals(0, MetricRun.classes(new Recall("3"), 4, scores, 0, 0).value());
    }

    @Test
    void targetsThatAreNoClassDoNotCount() {
        double[] scores = {1, 0, 0, 1, 1, 0};
        assertEquals(1, MetricRun.classes(new Precision("macro"), 2, scores, 0, 1, -100).value());
        assertEquals(1, MetricRun.classes(new BalancedAccuracy(), 2, scores, 0, 1, 7).value());
        assertEquals(Double.NaN, MetricRun.classes(new F1("macro"), 2, scores, -1, -1, -1).value());
    }

    @Test
    void oneScoreARowIsAYesOrNoQuestion() {
        double[] scores = {2, 1, -1, 0.5, -3};
        assertEquals(2 / 3.0, MetricRun.oneScore(new Precision("1"), scores, 1, 0, 0, 1, 1).value(), 1e-15);
        assertEquals(1 / 2.0, MetricRun.oneScore(new Precision("0"), scores, 1, 0, 0, 1, 1).value(), 1e-15);
        assertEquals(2 / 3.0, MetricRun.oneScore(new Recall("1"), scores, 1, 0, 0, 1, 1).value(), 1e-15);
        assertEquals(0.5 * (2 / 3.0 + 1 / 2.0), MetricRun.oneScore(new BalancedAccuracy(), scores, 1, 0, 0, 1, 1).value(), 1e-15);
    }

    @Test
    void everyPlaceOfARowCounts() {
        MetricRun run = new MetricRun(
                new Recall("macro"), Shape.of(2, 2), new double[] {1, 0, 0, 1, 1, 1, 0, 0}, Shape.of(2), DType.INT32, new double[] {0, 1, 1, 0});
        assertEquals((2 / 2.0 + 1 / 2.0) / 2, run.value(), 1e-15);
    }

    @Test
    void balancedAccuracyCountsEveryClassAlike() {
        assertEquals((2 / 3.0 + 1 / 2.0 + 1 / 2.0) / 3, value(new BalancedAccuracy()), 1e-15);
        double[] scores = {1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0};
        assertEquals(1 / 2.0, MetricRun.classes(new BalancedAccuracy(), 3, scores, 0, 0, 0, 1).value(), 1e-15);
    }

    @Test
    void itsSumsAreTheConfusionMatrix() {
        ConfusionMatrix matrix = ConfusionMatrix.of(MetricRun.classes(new BalancedAccuracy(), 3, SCORES, TARGETS).sums());
        assertEquals("2 1 0\n1 1 0\n1 0 1", matrix.toString());
        assertEquals(3, matrix.classes());
        assertEquals(1, matrix.count(0, 1));
        assertEquals(2, matrix.actual(1));
        assertEquals(4, matrix.answered(0));
        assertEquals(0.5, matrix.precision(0));
        assertEquals(0.5, matrix.recall(2));
        assertEquals(4 / 7.0, matrix.accuracy(), 1e-15);
        assertEquals("a confusion matrix has as many rows as columns, but there are 3 counts; give it the sums of balanced-accuracy",
                assertThrows(IllegalArgumentException.class, () -> ConfusionMatrix.of(new double[3])).getMessage());
    }

    @Test
    void topKFindsTheTargetAmongTheHighestScores() {
        double[] scores = {4, 3, 2, 1, 1, 2, 3, 4, 2, 2, 2, 2};
        assertEquals(0 / 3.0, MetricRun.classes(new TopK(1), 4, scores, 1, 2, 1).value());
        assertEquals(3 / 3.0, MetricRun.classes(new TopK(2), 4, scores, 1, 2, 1).value());
        assertEquals(1 / 3.0, MetricRun.classes(new TopK(3), 4, scores, 2, 0, 3).value(), 1e-15);
        assertEquals(1, MetricRun.classes(new TopK(4), 4, scores, 3, 0, 3).value());
        assertEquals(0, MetricRun.classes(new TopK(4), 4, scores, -100, 4, 9).value());
        assertEquals(new TopK(5), Settings.of(TopK.class, Map.of()));
    }

    @Test
    void topOneIsTheAccuracyAndScoresThatAreNoNumberAreNotAmongTheHighest() {
        assertEquals(value(new Accuracy()), value(new TopK(1)));
        assertEquals(0, MetricRun.classes(new TopK(2), 2, new double[] {Double.NaN, 1}, 0).value());
        assertEquals(1, MetricRun.classes(new TopK(2), 2, new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY}, 0).value());
    }

    @Test
    void topKCountsEveryPlaceOfARow() {
        MetricRun run = new MetricRun(
                new TopK(2), Shape.of(3, 2), new double[] {3, 1, 2, 2, 1, 3}, Shape.of(2), DType.INT32, new double[] {2, 1});
        assertEquals(0.5, run.value());
    }

    @Test
    void rocAucIsTheShareOfPairsInTheRightOrder() {
        // Pairs of a 1 and a 0: (0.9, 0.8) (0.9, 0.1) (0.4, 0.1) are right, (0.4, 0.8) is not.
        double[] scores = {0.9, 0.8, 0.4, 0.1};
        assertEquals(0.75, MetricRun.oneScore(auc(), scores, 1, 0, 1, 0).value());
        assertEquals(0.5, MetricRun.oneScore(auc(), new double[] {1, 1, 1}, 1, 0, 1).value());
        assertEquals(1, MetricRun.oneScore(auc(), new double[] {Double.NEGATIVE_INFINITY, -1e300, 30, Double.POSITIVE_INFINITY}, 0, 0, 1, 1).value());
        assertEquals(0, MetricRun.oneScore(auc(), new double[] {5, -5}, 0, 1).value());
    }

    @Test
    void rocAucOfTwoClassesTakesTheDifferenceOfTheirScores() {
        double[] scores = {0, 0.9, 1, 1.8, 3, 3.4, 0.2, 0.3};
        assertEquals(0.75, MetricRun.classes(auc(), 2, scores, 1, 0, 1, 0).value());
    }

    @Test
    void rocAucIsNoNumberWithoutBothClassesOrWithScoresThatAreNone() {
        assertEquals(Double.NaN, MetricRun.oneScore(auc(), new double[] {1, 2}, 1, 1).value());
        assertEquals(Double.NaN, MetricRun.oneScore(auc(), new double[] {1, Double.NaN, 0}, 1, 1, 0).value());
    }

    @Test
    void rocAucIsNearerToTheExactAreaThanItsBound() {
        Random random = new Random(1);
        for (double spread : new double[] {1e-4, 1, 1e3}) {
            double[] scores = new double[300];
            double[] targets = new double[300];
            for (int i = 0; i < scores.length; i++) {
                targets[i] = random.nextInt(2);
                scores[i] = spread * (random.nextGaussian() + targets[i]);
            }
            RocAuc metric = new RocAuc(1000);
            MetricRun run = MetricRun.oneScore(metric, scores, targets);
            double bound = metric.errorBound(run.sums());
            double error = Math.abs(run.value() - exactAuc(scores, targets));
            assertTrue(error <= bound + 1e-12, error + " > " + bound);
            assertTrue(spread != 1 || bound < 0.01, "bound " + bound);
        }
    }

    private static double exactAuc(double[] scores, double[] targets) {
        double right = 0;
        double pairs = 0;
        for (int i = 0; i < scores.length; i++) {
            for (int j = 0; j < scores.length; j++) {
                if (targets[i] == 1 && targets[j] == 0) {
                    pairs++;
                    right += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
            }
        }
        return right / pairs;
    }

    @Test
    void perplexityIsTheNumberOfClassesForAModelThatKnowsNothing() {
        assertEquals(4, MetricRun.classes(perplexity(), 4, new double[12], 0, 3, 1).value(), 1e-12);
        // Probabilities 1/4 and 1/2 of the right classes: exp of the mean of ln 4 and ln 2 is √8. The third does not count.
        double[] scores = {0, Math.log(3), 2, 2, 9, 0};
        assertEquals(Math.sqrt(8), MetricRun.classes(perplexity(), 2, scores, 0, 1, -100).value(), 1e-12);
    }

    @Test
    void higherIsBetterButForPerplexity() {
        for (Metric metric : List.of(new TopK(1), new Precision("macro"), new Recall("macro"), new F1("macro"), new BalancedAccuracy(), auc())) {
            assertTrue(metric.higherIsBetter(), metric.toString());
        }
        assertFalse(perplexity().higherIsBetter());
    }

    @Test
    void shapesAndSettingsThatDoNotFitAreNamed() {
        String needs = ": needs scores [rows, classes, ...] with class numbers (INT32) [rows, ...], or one score a row with as many"
                + " targets of 0 and 1; but the prediction is [4, 3] and the target FLOAT64 [4, 3]";
        Shape wide = Shape.of(4, 3);
        assertEquals("precision" + needs, MetricRun.mistake(new Precision("macro"), wide, wide, DType.FLOAT64));
        assertEquals("recall" + needs, MetricRun.mistake(new Recall("macro"), wide, wide, DType.FLOAT64));
        assertEquals("f1" + needs, MetricRun.mistake(new F1("macro"), wide, wide, DType.FLOAT64));
        assertEquals("balanced-accuracy" + needs, MetricRun.mistake(new BalancedAccuracy(), wide, wide, DType.FLOAT64));
        assertEquals("precision: average is class 3, but there are the classes 0 to 2: the prediction is [4, 3]",
                MetricRun.mistake(new Precision("3"), wide, Shape.of(4), DType.INT32));
        assertEquals("top-k: needs scores [rows, classes, ...] with class numbers (INT32) [rows, ...]; but the prediction is [4, 3] and the target "
                + "FLOAT64 [4]", MetricRun.mistake(new TopK(1), wide, Shape.of(4), DType.FLOAT64));
        assertEquals("top-k: k is 4, but the prediction [4, 3] has the scores of 3 classes only; choose a smaller k",
                MetricRun.mistake(new TopK(4), wide, Shape.of(4), DType.INT32));
        assertEquals("roc-auc: needs one score a row with as many targets of 0 and 1, or scores [rows, 2] with class numbers (INT32) [rows]; but "
                + "the prediction is [4, 3] and the target INT32 [4]", MetricRun.mistake(auc(), wide, Shape.of(4), DType.INT32));
        assertEquals("average must be macro, micro or a class number, but is 'mean'",
                assertThrows(SettingsException.class, () -> Settings.of(F1.class, Map.of("average", "mean"))).getMessage());
        assertEquals(new F1("1"), Settings.of(F1.class, Map.of("average", 1)));
    }

    private static double value(Metric metric) {
        return MetricRun.classes(metric, 3, SCORES, TARGETS).value();
    }

    private static RocAuc auc() {
        return Settings.of(RocAuc.class, Map.of());
    }

    private static Perplexity perplexity() {
        return Settings.of(Perplexity.class, Map.of());
    }
}
