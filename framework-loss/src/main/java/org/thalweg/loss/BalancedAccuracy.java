package org.thalweg.loss;

import java.util.List;
import org.thalweg.api.metric.Metric;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Tensor;

/**
 * The mean over the classes of the share that is found, from 0 to 1: every class counts alike, however rare it is. With TP(c) rows of class c
 * that are answered rightly and n(c) rows in all, over the C classes that have rows,
 *
 * <pre>
 * balanced accuracy = (1/C) Σ TP(c) / n(c)
 * </pre>
 *
 * Its sums are the whole {@link ConfusionMatrix}. Shapes are those of {@link Accuracy}. Targets that are no class, such as -100, do not count.
 * Without rows it is NaN.
 */
@Description("The mean over the classes of the share that is found: every class counts alike, however rare.")
public record BalancedAccuracy() implements Metric {

    @Override
    public List<Tensor> sums(Tensor prediction, Tensor target) {
        return List.of(Answers.of("balanced-accuracy", prediction, target).counted().pairs());
    }

    @Override
    public double value(double[] sums) {
        return ConfusionMatrix.of(sums).balancedAccuracy();
    }

    @Override
    public boolean higherIsBetter() {
        return true;
    }
}
