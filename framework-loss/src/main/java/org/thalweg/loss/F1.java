package org.thalweg.loss;

import java.util.List;
import org.thalweg.api.metric.Metric;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Tensor;

/**
 * The harmonic mean of precision and recall, from 0 to 1: with TP right answers c, FP wrong ones, and FN rows of class c answered otherwise,
 *
 * <pre>
 * F1(c) = 2 TP(c) / (2 TP(c) + FP(c) + FN(c))
 * </pre>
 *
 * and 0 where that is 0 / 0, as in scikit-learn. Shapes are those of {@link Accuracy}; of one score a row the classes are 0 and 1. Targets that
 * are no class, such as -100, do not count. Any other shape or type, or a class that the scores do not have, is a
 * {@link org.thalweg.api.tensor.ShapeException}. Without rows it is NaN, or 0 for one class.
 *
 * @param average macro: the mean over the classes that occur in targets or answers; micro: from the counts of all classes together, which
 *     equals the accuracy; a number: of that class alone
 */
@Description("The harmonic mean of precision and recall.")
public record F1(
        @Description("macro (the mean over the classes), micro (all counts together), or the number of one class.")
                @Default("macro") String average)
        implements Metric {

    /** Checks the average. */
    public F1 {
        ClassCounts.averaging(average);
    }

    @Override
    public List<Tensor> sums(Tensor prediction, Tensor target) {
        return ClassCounts.averaging(average).sums("f1", prediction, target);
    }

    @Override
    public double value(double[] sums) {
        return ClassCounts.averaging(average).value(sums, (right, answered, actual) -> ClassCounts.ratio(2 * right, answered + actual));
    }

    @Override
    public boolean higherIsBetter() {
        return true;
    }
}
