package org.thalweg.loss;

import java.util.List;
import java.util.Map;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.metric.Metric;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/**
 * The coefficient of determination: the share of the target's variance that the prediction explains; 1 is perfect, 0 is as good as the target's
 * mean, and worse is negative. For n rows,
 *
 * <pre>
 * R² = 1 - Σ (x - t)² / Σ (t - mean t)²        Σ (t - mean t)² = Σ t² - (Σ t)² / n
 * </pre>
 *
 * and for rows of several numbers the mean of the R² of each. Prediction x and target t have the same shape, [N, ...]; else it is a
 * {@link ShapeException}. Summed in double precision: the relative error of R² - 1 is about 1e-16 times the square of the ratio of the target's
 * mean to its standard deviation, so standardise targets that lie far from 0. A target that is the same in all rows gives no number: NaN or
 * minus infinity, or what rounding leaves of it.
 */
@Description("The share of the target's variance that the prediction explains.")
public record RSquared() implements Metric {

    @Override
    public List<Tensor> sums(Tensor prediction, Tensor target) {
        if (prediction.shape().rank() == 0) {
            throw new ShapeException("r-squared: needs predictions [rows, ...], but the prediction is a scalar");
        }
        Tensor given = new LossInputs("r-squared", Map.of(LossInputs.INPUT, prediction, LossInputs.TARGET, target)).targetLikeInput();
        Tensor x = prediction.cast(DType.FLOAT64);
        Tensor t = given.cast(DType.FLOAT64);
        return List.of(x.sub(t).square().sum(0), t.sum(0), t.square().sum(0), t.constant(prediction.shape().extent(0)));
    }

    @Override
    public double value(double[] sums) {
        int outputs = sums.length / 3;
        double rows = sums[3 * outputs];
        double total = 0;
        for (int j = 0; j < outputs; j++) {
            double sum = sums[outputs + j];
            total += 1 - sums[j] / (sums[2 * outputs + j] - sum * sum / rows);
        }
        return total / outputs;
    }

    @Override
    public boolean higherIsBetter() {
        return true;
    }
}
