package org.thalweg.loss;

import java.util.List;
import org.thalweg.api.metric.Metric;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Tensor;

/**
 * The share of a class that is found, from 0 to 1: with TP(c) rows of class c that are answered rightly and FN(c) that are not,
 *
 * <pre>
 * recall(c) = TP(c) / (TP(c) + FN(c))
 * </pre>
 *
 * and 0 where that is 0 / 0, as in scikit-learn. Shapes are those of {@link Accuracy}; of one score a row the classes are 0 and 1. Targets that
 * are no class, such as -100, do not count. Any other shape or type, or a class that the scores do not have, is a
 * {@link org.thalweg.api.tensor.ShapeException}. Without rows it is NaN, or 0 for one class.
 *
 * @param average macro: the mean over the classes that occur in targets or answers; micro: from the counts of all classes together, which
 *     equals the accuracy; a number: of that class alone
 */
@Description("The share of a class that is found.")
public record Recall(
        @Description("macro (the mean over the classes), micro (all counts together), or the number of one class.")
                @Default("macro") String average)
        implements Metric {

    /** Checks the average. */
    public Recall {
        ClassCounts.averaging(average);
    }

    @Override
    public List<Tensor> sums(Tensor prediction, Tensor target) {
        return ClassCounts.averaging(average).sums("recall", prediction, target);
    }

    @Override
    public double value(double[] sums) {
        return ClassCounts.averaging(average).value(sums, (right, answered, actual) -> ClassCounts.ratio(right, actual));
    }

    @Override
    public boolean higherIsBetter() {
        return true;
    }
}
