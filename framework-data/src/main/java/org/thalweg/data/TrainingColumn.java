package org.thalweg.data;

import org.thalweg.api.data.Column;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.tensor.Shape;

/** A column of numbers that a transform learns from, read block by block. A feature is one place in the row's shape. */
final class TrainingColumn {
    private static final int BLOCK = 65_536;

    private final Dataset data;
    private final int column;
    private final Shape shape;
    private final int features;

    private TrainingColumn(Dataset data, Column column) {
        this.data = data;
        this.column = data.schema().indexOf(column.name());
        this.shape = column.shape();
        this.features = Math.toIntExact(shape.size());
    }

    /**
     * A column of at least one row.
     *
     * @param transform its name, for messages
     */
    static TrainingColumn of(String transform, Dataset training, String column) {
        TrainingColumn found = new TrainingColumn(training, ChangedColumn.floating(training, column));
        if (training.size() == 0) {
            throw new DataException(transform + " learns from the training data, but that has no rows");
        }
        return found;
    }

    Shape shape() {
        return shape;
    }

    int features() {
        return features;
    }

    int rows() {
        return data.size();
    }

    double[] firstRow() {
        double[] first = new double[features];
        data.read(column, new int[] {0}, 0, 1, first);
        return first;
    }

    /** Receives a row: the numbers from a position on. */
    interface Row {
        void accept(double[] values, int start);
    }

    void forEachRow(Row row) {
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
}
