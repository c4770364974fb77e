package org.thalweg.data;

import java.util.Arrays;
import java.util.Map;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.data.Transform;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;

/**
 * Brings every feature of the training data into the range [low, high]:
 *
 * <pre>
 * y = low + (x − min(j)) · (high − low) / (max(j) − min(j))
 * </pre>
 *
 * where min(j) and max(j) are those of feature j over the training rows; a feature that is constant there becomes low where it has that value.
 * Other data may leave the range: it is not clipped. Computed in double precision; y has no unit. Learns {@code min} and {@code max}, in the
 * units of x.
 *
 * @param low what the smallest value becomes
 * @param high what the largest value becomes
 * @param column which
 */
@Description("Brings every feature into the range [low, high], from its smallest and largest value in the training data.")
public record Normalise(
        @Description("What the smallest value becomes.") @Default("0") double low,
        @Description("What the largest value becomes.") @Default("1") double high,
        @Description("The column to normalise.") @Default("input") String column)
        implements Transform {
    private static final String NAME = "normalise";
    private static final String MIN = "min";
    private static final String MAX = "max";

    /** Checks the range. */
    public Normalise {
        if (!(low < high) || Double.isInfinite(high - low)) {
            throw new IllegalArgumentException("low must be below high, but they are " + low + " and " + high);
        }
    }

    @Override
    public Fitted fit(Dataset training) {
        TrainingColumn data = TrainingColumn.of(NAME, training, column);
        double[] min = new double[data.features()];
        double[] max = new double[data.features()];
        Arrays.fill(min, Double.POSITIVE_INFINITY);
        Arrays.fill(max, Double.NEGATIVE_INFINITY);
        data.forEachRow((values, start) -> {
            for (int j = 0; j < min.length; j++) {
                min[j] = Math.min(min[j], values[start + j]);
                max[j] = Math.max(max[j], values[start + j]);
            }
        });
        for (int j = 0; j < min.length; j++) {
            if (!Double.isFinite(min[j]) || !Double.isFinite(max[j])) {
                throw new DataException("column '" + column + "' cannot be normalised: feature " + j
                        + " (counted from 0) has a value in the training data that is not finite; remove its row, or fill it first with "
                        + "fill-missing");
            }
        }
        return fitted(new Learned(NAME, data.shape(), Map.of(MIN, min, MAX, max)));
    }

    @Override
    public Fitted restore(Map<String, double[]> learned) {
        return fitted(Learned.from(NAME, learned, MIN, MAX));
    }

    private Fitted fitted(Learned learned) {
        double[] min = learned.of(MIN);
        double[] max = learned.of(MAX);
        double[] factor = new double[min.length];
        for (int j = 0; j < factor.length; j++) {
            factor[j] = max[j] == min[j] ? 1 : (high - low) / (max[j] - min[j]);
        }
        return new FeatureLine(column, learned, min, factor, low);
    }
}
