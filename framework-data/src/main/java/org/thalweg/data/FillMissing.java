package org.thalweg.data;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.data.Transform;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;

/**
 * Puts a number in the place of every missing one, which is NaN: for each feature the mean or the median of its values in the training data, or
 * a constant. The median of an even number of values is the mean of the two in the middle. Learns {@code fill}, in the units of the column.
 *
 * @param by what is put there
 * @param value the constant
 * @param column which
 */
@Description("Puts the mean, the median or a constant in the place of missing numbers (NaN), feature by feature.")
public record FillMissing(
        @Description("What is put there: the mean or the median over the training data, or a constant.") @Default("mean") Kind by,
        @Description("The constant, where by is constant.") Optional<Double> value,
        @Description("The column to fill.") @Default("input") String column)
        implements Transform {
    private static final String NAME = "fill-missing";
    private static final String FILL = "fill";

    /** So many numbers of the training data are held at once to find medians: 128 MiB. */
    private static final int HELD = 1 << 24;

    /** What is put in the place of a missing number. */
    public enum Kind {
        /** The mean over the training rows that have a value. */
        MEAN,
        /** The median over the training rows that have a value. */
        MEDIAN,
        /** The same number everywhere. */
        CONSTANT
    }

    /** Checks that a constant is given where it is used. */
    public FillMissing {
        if (value.isPresent() != (by == Kind.CONSTANT)) {
            throw new IllegalArgumentException(value.isPresent()
                    ? "value is for by: constant; set by to constant, or leave value out"
                    : "by: constant needs the constant; set value");
        }
        if (value.isPresent() && !Double.isFinite(value.get())) {
            throw new IllegalArgumentException("value must be a finite number, but is " + value.get());
        }
    }

    @Override
    public Fitted fit(Dataset training) {
        if (by == Kind.CONSTANT) {
            double[] fill = new double[Math.toIntExact(ChangedColumn.floating(training, column).shape().size())];
            Arrays.fill(fill, value.get());
            return fitted(new Learned(NAME, training.schema().column(column).shape(), Map.of(FILL, fill)));
        }
        TrainingColumn data = TrainingColumn.of(NAME, training, column);
        double[] fill = by == Kind.MEAN ? means(data) : medians(data);
        for (int j = 0; j < fill.length; j++) {
            if (!Double.isFinite(fill[j])) {
                throw new DataException("column '" + column + "' cannot be filled: feature " + j + " (counted from 0) has "
                        + (Double.isNaN(fill[j]) ? "no value in the training data" : "a value in the training data that is infinite")
                        + "; leave the feature out, or set by to constant");
            }
        }
        return fitted(new Learned(NAME, data.shape(), Map.of(FILL, fill)));
    }

    @Override
    public Fitted restore(Map<String, double[]> learned) {
        return fitted(Learned.from(NAME, learned, FILL));
    }

    private static double[] means(TrainingColumn data) {
        double[] sums = new double[data.features()];
        long[] counts = new long[data.features()];
        data.forEachRow((values, start) -> {
            for (int j = 0; j < sums.length; j++) {
                if (!Double.isNaN(values[start + j])) {
                    sums[j] += values[start + j];
                    counts[j]++;
                }
            }
        });
        for (int j = 0; j < sums.length; j++) {
            sums[j] = counts[j] == 0 ? Double.NaN : sums[j] / counts[j];
        }
        return sums;
    }

    /** Reads the data once for each group of features whose values are held together. */
    private static double[] medians(TrainingColumn data) {
        double[] medians = new double[data.features()];
        int group = Math.max(1, Math.min(medians.length, HELD / data.rows()));
        double[][] held = new double[group][data.rows()];
        for (int from = 0; from < medians.length; from += group) {
            int[] counts = new int[Math.min(group, medians.length - from)];
            int first = from;
            data.forEachRow((values, start) -> {
                for (int j = 0; j < counts.length; j++) {
                    double value = values[start + first + j];
                    if (!Double.isNaN(value)) {
                        held[j][counts[j]++] = value;
                    }
                }
            });
            for (int j = 0; j < counts.length; j++) {
                medians[from + j] = median(held[j], counts[j]);
            }
        }
        return medians;
    }

    private static double median(double[] values, int count) {
        Arrays.sort(values, 0, count);
        return count == 0 ? Double.NaN : values[(count - 1) / 2] / 2 + values[count / 2] / 2;
    }

    private Fitted fitted(Learned learned) {
        return new Filling(column, learned, learned.of(FILL));
    }

    private record Filling(String column, Learned what, double[] fill) implements Fitted, ChangedColumn.Change {
        @Override
        public Dataset apply(Dataset data) {
            what.requireShape(data, column);
            return new ChangedColumn(data, column, this);
        }

        @Override
        public Map<String, double[]> learned() {
            return what.asMap();
        }

        @Override
        public void apply(float[] values, int count) {
            for (int start = 0; start < count; start += fill.length) {
                for (int j = 0; j < fill.length; j++) {
                    if (Float.isNaN(values[start + j])) {
                        values[start + j] = (float) fill[j];
                    }
                }
            }
        }

        @Override
        public void apply(double[] values, int count) {
            for (int start = 0; start < count; start += fill.length) {
                for (int j = 0; j < fill.length; j++) {
                    if (Double.isNaN(values[start + j])) {
                        values[start + j] = fill[j];
                    }
                }
            }
        }
    }
}
