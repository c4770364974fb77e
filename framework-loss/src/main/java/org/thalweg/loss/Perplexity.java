package org.thalweg.loss;

import java.util.List;
import org.thalweg.api.metric.Metric;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Tensor;

/**
 * Perplexity of class scores [N, C, ...] with class numbers, INT32 [N, ...]: {@code exp} of the mean cross-entropy in nats. A model that is as
 * uncertain as a fair die has 6. A class number outside 0..C-1 makes it NaN. Any other shape or type is a {@link
 * org.thalweg.api.tensor.ShapeException}.
 *
 */
@Description("How many equally likely classes would be as surprising: exp of the mean cross-entropy of scores [N, C, ...] with class "
        + "numbers [N, ...]. "
        + "For language models.")
public record Perplexity(
        ) implements Metric {

    @Override
    public List<Tensor> sums(Tensor prediction, Tensor target) {
        ClassTargets classes = new ClassTargets("perplexity", prediction, List.of());
        Tensor y = classes.classNumbers(target);
        Tensor cost = classes.ofTarget(y, prediction.logSoftmax(ClassTargets.CLASSES)).neg();
        return List.of(classes.ofExisting(y, cost).sum(), prediction.constant(target.shape().size()));
    }

    @Override
    public double value(double[] sums) {
        return Math.exp(sums[0] / sums[1]);
    }

    @Override
    public boolean higherIsBetter() {
        return false;
    }
}
