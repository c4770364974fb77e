package org.thalweg.loss;

import java.util.List;
import org.thalweg.api.metric.Metric;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Max;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/**
 * The area under the receiver operating characteristic: the probability that a row of class 1 has a higher score than a row of class 0, equal
 * ones counting half; from 0 to 1.
 *
 * <p>The exact area needs all scores in order. This one counts them in bins, which can be added up: bin ⌊B (½ + ½ x / (1 + |x|))⌋ of B for the
 * score x. With p(b) and n(b) rows of class 1 and 0 in bin b, and P and N in all,
 *
 * <pre>
 * AUC = Σ p(b) (n(0) + ... + n(b-1) + n(b) / 2) / (P N)        |AUC - exact| ≤ Σ p(b) n(b) / (2 P N)
 * </pre>
 *
 * since only the order within a bin is unknown. With scores that spread evenly over the bins that is 1 / (2 B); {@link #errorBound} gives it for
 * the sums at hand. A bin at x is 2 (1 + |x|)² / B wide: made for scores before a sigmoid and for probabilities, not for scores in the thousands.
 *
 * <p>Scores are [N] or [N, 1] with targets 0 and 1 (or false and true), [N] or [N, 1]; or scores [N, 2] of two classes with class numbers,
 * INT32 [N], of which the difference counts. Anything else is a {@link ShapeException}. Targets other than 0 and 1 do not count. It is NaN where
 * a class has no rows or a score is NaN.
 *
 * @param bins B
 */
@Description("The probability that a row of class 1 has a higher score than a row of class 0 (area under the ROC curve).")
public record RocAuc(
        @Description("The number of bins that scores are counted in; the error falls with it.") @Default("4096") @Min(1000) @Max(1_000_000) int bins)
        implements Metric {
    /** Beyond it the formula of the bins is 0 or 1 anyway, but infinity divided by itself is no number. */
    private static final double LARGE = 1e15;

    @Override
    public List<Tensor> sums(Tensor prediction, Tensor target) {
        Tensor x = scores(prediction, target).reshape(-1).cast(DType.FLOAT64);
        Tensor t = target.cast(DType.INT32).reshape(-1);
        Tensor isNumber = x.equal(x);
        Tensor known = isNumber.where(x, x.constant(0)).clamp(-LARGE, LARGE);
        Tensor place = known.div(known.abs().add(1)).mul(0.5).add(0.5).mul(bins).floor().clamp(0, bins - 1);
        Tensor bin = place.cast(DType.INT32);
        Tensor one = isNumber.where(x.constant(1), x.constant(Double.NaN));
        return List.of(
                t.equal(1).where(one, x.constant(0)).scatterAdd(bin, bins), t.equal(0).where(one, x.constant(0)).scatterAdd(bin, bins));
    }

    private static Tensor scores(Tensor prediction, Tensor target) {
        Shape shape = prediction.shape();
        if (Answers.isOneScore(prediction, target)) {
            return prediction;
        }
        if (shape.rank() == 2 && shape.extent(1) == 2 && target.dtype() == DType.INT32 && target.shape().equals(shape.without(1))) {
            return prediction.slice(1, 1, 2).sub(prediction.slice(1, 0, 1));
        }
        throw new ShapeException("roc-auc: needs one score a row with as many targets of 0 and 1, or scores [rows, 2] with class numbers "
                + "(INT32) [rows]; but the prediction is " + shape + " and the target " + target.dtype() + " " + target.shape());
    }

    @Override
    public double value(double[] sums) {
        double negatives = 0;
        double positives = 0;
        double area = 0;
        for (int b = 0; b < bins; b++) {
            double p = sums[b];
            double n = sums[bins + b];
            area += p * (negatives + n / 2);
            positives += p;
            negatives += n;
        }
        return area / (positives * negatives);
    }

    /** How far the value of these sums can be from the exact area. */
    public double errorBound(double[] sums) {
        double negatives = 0;
        double positives = 0;
        double together = 0;
        for (int b = 0; b < bins; b++) {
            positives += sums[b];
            negatives += sums[bins + b];
            together += sums[b] * sums[bins + b];
        }
        return together / (2 * positives * negatives);
    }

    @Override
    public boolean higherIsBetter() {
        return true;
    }
}
