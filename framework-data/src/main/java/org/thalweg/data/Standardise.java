package org.thalweg.data;

import java.util.Map;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.data.Transform;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;

/**
 * Gives every feature mean 0 and standard deviation 1 over the training data: {@code y = (x − μ) / σ}, where for feature j over the n
 * training rows
 *
 * <pre>
 * μ(j) = (1/n) Σᵢ x(i, j)        σ(j) = √( (1/n) Σᵢ (x(i, j) − μ(j))² )
 * </pre>
 *
 * and σ(j) = 1 where the feature is constant. A feature is one place in the row's shape: each of the 64 pixels of an 8 × 8 image. Computed in
 * double precision; y has no unit. Learns {@code mean} and {@code deviation}, in the units of x.
 *
 * @param column which
 */
@Description("Subtracts from every feature its mean over the training data and divides by its standard deviation: y = (x - mean) / sd.")
public record Standardise(@Description("The column to standardise.") @Default("input") String column) implements Transform {
    private static final String NAME = "standardise";
    private static final String MEAN = "mean";
    private static final String DEVIATION = "deviation";

    @Override
    public Fitted fit(Dataset training) {
        TrainingColumn data = TrainingColumn.of(NAME, training, column);
        int features = data.features();
        // Sums of differences from the first row: a constant feature then gives exactly 0, not a rounding error to divide by.
        double[] first = data.firstRow();
        double[] mean = first.clone();
        double[] shift = new double[features];
        data.forEachRow((values, start) -> {
            for (int j = 0; j < features; j++) {
                shift[j] += values[start + j] - first[j];
            }
        });
        for (int j = 0; j < features; j++) {
            mean[j] += shift[j] / data.rows();
            if (!Double.isFinite(mean[j])) {
                throw new DataException("column '" + column + "' cannot be standardised: feature " + j
                        + " (counted from 0) has a value in the training data that is not finite; remove its row, or fill it first with "
                        + "fill-missing");
            }
        }
        double[] deviation = new double[features];
        data.forEachRow((values, start) -> {
            for (int j = 0; j < features; j++) {
                double difference = values[start + j] - mean[j];
                deviation[j] += difference * difference;
            }
        });
        for (int j = 0; j < features; j++) {
            double found = Math.sqrt(deviation[j] / data.rows());
            deviation[j] = found == 0 ? 1 : found;
        }
        return fitted(new Learned(NAME, data.shape(), Map.of(MEAN, mean, DEVIATION, deviation)));
    }

    @Override
    public Fitted restore(Map<String, double[]> learned) {
        return fitted(Learned.from(NAME, learned, MEAN, DEVIATION));
    }

    private Fitted fitted(Learned learned) {
        double[] factor = learned.of(DEVIATION).clone();
        for (int j = 0; j < factor.length; j++) {
            factor[j] = 1 / factor[j];
        }
        return new FeatureLine(column, learned, learned.of(MEAN), factor, 0);
    }
}
