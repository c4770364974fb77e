package org.thalweg.loss;

import java.util.List;
import org.thalweg.api.metric.Metric;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Tensor;

/**
 * The share of right answers, from 0 to 1.
 *
 * <ul>
 *   <li>Scores of C classes, [N, C] or [N, C, d1, ...], with class numbers, INT32 [N] or [N, d1, ...]: the class of the highest score is
 *       the answer, the first one of equals.
 *   <li>One score a row, [N] or [N, 1], before the sigmoid, with targets 0 and 1 (or false and true), [N] or [N, 1]: a score above 0
 *       answers 1.
 * </ul>
 *
 * Any other shape or type is a {@link org.thalweg.api.tensor.ShapeException}. Without rows it is NaN.
 */
@Description("The share of right answers: highest score for class numbers, a score above 0 for yes-or-no questions.")
public record Accuracy() implements Metric {

    @Override
    public List<Tensor> sums(Tensor prediction, Tensor target) {
        Answers answers = Answers.of("accuracy", prediction, target);
        Tensor right = answers.answer().equal(answers.target()).cast(prediction.dtype());
        return List.of(right.sum(), prediction.constant(target.shape().size()));
    }

    @Override
    public double value(double[] sums) {
        return sums[0] / sums[1];
    }

    @Override
    public boolean higherIsBetter() {
        return true;
    }
}
