package org.thalweg.data;

import org.thalweg.api.data.DataException;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.data.Transform;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Shape;

/**
 * Gives every feature mean 0 and standard deviation 1 over the training data: {@code y = (x − μ) / σ}, where for feature j over the n
 * training rows
 *
 * <pre>
 * μ(j) = (1/n) Σᵢ x(i, j)        σ(j) = √( (1/n) Σᵢ (x(i, j) − μ(j))² )
 * </pre>
 *
 * and σ(j) = 1 where the feature is constant. A feature is one place in the row's shape: each of the 64 pixels of an 8 × 8 image. Computed in
 * double precision; y has no unit.
 *
 * @param column which
 */
@Description("Subtracts from every feature its mean over the training data and divides by its standard deviation: y = (x - mean) / sd.")
public record Standardise(@Description("The column to standardise.") @Default("input") String column) implements Transform {
    private static final int BLOCK = 65_536;

    @Override
    public Fitted fit(Dataset training) {
        Shape shape = ChangedColumn.floating(training, column).shape();
        int features = Math.toIntExact(shape.size());
        if (training.size() == 0) {
            throw new DataException("standardise learns from the training data, but that has no rows");
        }
        // Sums of differences from the first row: a constant feature then gives exactly 0, not a rounding error to divide by.
        double[] first = new double[features];
        training.read(training.schema().indexOf(column), new int[] {0}, 0, 1, first);
        double[] mean = first.clone();
        double[] shift = new double[features];
        forEachRow(training, features, (values, start) -> {
            for (int j = 0; j < features; j++) {
                shift[j] += values[start + j] - first[j];
            }
        });
        for (int j = 0; j < features; j++) {
            mean[j] += shift[j] / training.size();
            if (!Double.isFinite(mean[j])) {
                throw new DataException("column '" + column + "' cannot be standardised: feature " + j
                        + " (counted from 0) has a value in the training data that is not finite; remove its row");
            }
        }
        double[] squares = new double[features];
        forEachRow(training, features, (values, start) -> {
            for (int j = 0; j < features; j++) {
                double difference = values[start + j] - mean[j];
                squares[j] += difference * difference;
            }
        });
        double[] inverse = new double[features];
        for (int j = 0; j < features; j++) {
            double deviation = Math.sqrt(squares[j] / training.size());
            inverse[j] = deviation == 0 ? 1 : 1 / deviation;
        }
        return data -> {
            Shape found = data.schema().column(column).shape();
            if (!found.equals(shape)) {
                throw new DataException("column '" + column + "' was standardised over rows of shape " + shape
                        + " and cannot be applied to rows of " + found + "; give both data sets the same features");
            }
            return new ChangedColumn(data, column, new Standard(mean, inverse));
        };
    }

    private interface Row {
        void accept(double[] values, int start);
    }

    private void forEachRow(Dataset data, int features, Row row) {
        int column = data.schema().indexOf(this.column);
        int block = Math.min(data.size(), Math.max(1, BLOCK / features));
        int[] rows = new int[block];
        double[] values = new double[block * features];
        for (int done = 0; done < data.size(); done += block) {
            int count = Math.min(block, data.size() - done);
            for (int i = 0; i < count; i++) {
                rows[i] = done + i;
            }
            data.read(column, rows, 0, count, values);
            for (int i = 0; i < count; i++) {
                row.accept(values, i * features);
            }
        }
    }

    private record Standard(double[] mean, double[] inverse) implements ChangedColumn.Change {
        @Override
        public void apply(float[] values, int count) {
            for (int start = 0; start < count; start += mean.length) {
                for (int j = 0; j < mean.length; j++) {
                    values[start + j] = (float) ((values[start + j] - mean[j]) * inverse[j]);
                }
            }
        }

        @Override
        public void apply(double[] values, int count) {
            for (int start = 0; start < count; start += mean.length) {
                for (int j = 0; j < mean.length; j++) {
                    values[start + j] = (values[start + j] - mean[j]) * inverse[j];
                }
            }
        }
    }
}
