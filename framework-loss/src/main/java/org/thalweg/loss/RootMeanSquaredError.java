package org.thalweg.loss;

import java.util.List;
import java.util.Map;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.metric.Metric;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Tensor;

/**
 * {@code sqrt(mean (x - t)^2)} over all elements of all batches, in the target's units. Prediction x and target t have the same shape, any; else
 * it is a {@link org.thalweg.api.tensor.ShapeException}. Without rows it is NaN.
 */
@Description("The square root of the mean squared difference between prediction and target.")
public record RootMeanSquaredError() implements Metric {

    @Override
    public List<Tensor> sums(Tensor prediction, Tensor target) {
        Tensor t = new LossInputs("root-mean-squared-error", Map.of(LossInputs.INPUT, prediction, LossInputs.TARGET, target)).targetLikeInput();
        return List.of(prediction.sub(t).square().sum(), prediction.constant(prediction.shape().size()));
    }

    @Override
    public double value(double[] sums) {
        return Math.sqrt(sums[0] / sums[1]);
    }

    @Override
    public boolean higherIsBetter() {
        return false;
    }
}
