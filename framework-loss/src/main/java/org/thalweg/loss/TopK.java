package org.thalweg.loss;

import java.util.Arrays;
import java.util.List;
import org.thalweg.api.metric.Metric;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/**
 * The share of targets among the k highest scores, from 0 to 1. Scores [N, C] or [N, C, d1, ...] with C at least k, class numbers INT32 [N] or
 * [N, d1, ...]; anything else is a {@link ShapeException}. Of equal scores, those of lower class numbers are higher, so that k = 1 is the
 * accuracy. A target that is no class, or whose score is NaN, is not among them. Without rows it is NaN.
 *
 * @param k how many scores
 */
@Description("The share of targets whose class is among the k highest scores.")
public record TopK(@Description("How many of the highest scores count.") @Default("5") @Min(1) int k) implements Metric {
    private static final int CLASSES = 1;

    @Override
    public List<Tensor> sums(Tensor prediction, Tensor target) {
        Shape shape = prediction.shape();
        if (shape.rank() < 2 || target.dtype() != DType.INT32 || !target.shape().equals(shape.without(CLASSES))) {
            throw new ShapeException("top-k: needs scores [rows, classes, ...] with class numbers (INT32) [rows, ...]; but the prediction is "
                    + shape + " and the target " + target.dtype() + " " + target.shape());
        }
        int classes = shape.extent(CLASSES);
        if (k > classes) {
            throw new ShapeException("top-k: k is " + k + ", but the prediction " + shape + " has the scores of " + classes
                    + " classes only; choose a smaller k");
        }
        Tensor t = target.reshape(shape.with(CLASSES, 1));
        int[] along = new int[shape.rank() - CLASSES];
        Arrays.fill(along, 1);
        along[0] = classes;
        Tensor number = prediction.range(classes).reshape(along);
        Tensor score = t.equal(number).where(prediction, prediction.constant(0)).sumKeepingAxes(CLASSES);
        Tensor higher = prediction.greater(score).or(prediction.equal(score).and(number.less(t)));
        Tensor rank = higher.cast(prediction.dtype()).sumKeepingAxes(CLASSES);
        Tensor among = rank.less(k).and(score.equal(score)).and(t.greaterOrEqual(0)).and(t.less(classes));
        return List.of(among.cast(prediction.dtype()).sum(), prediction.constant(target.shape().size()));
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
