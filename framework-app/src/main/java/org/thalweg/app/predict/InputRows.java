package org.thalweg.app.predict;

import java.util.Arrays;
import java.util.List;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.data.Schema;

/** The rows of a batch, as the training data's columns before any transform. Only what goes into the model and one number a row of {@code target} can be set. */
final class InputRows implements Dataset {
    private final Schema schema;
    private final int target;
    private final int width;
    /** Where the numbers of each column begin in a row; -1 for a column that nobody sets. */
    private final int[] places;
    private final double[] inputs;
    private final double[] targets;

    /**
     * Rows of zeros.
     *
     * @param columns that can be set, one after another
     */
    InputRows(Schema schema, List<String> columns, int rows) {
        this.schema = schema;
        target = schema.indexOf(Column.TARGET);
        places = new int[schema.columns().size()];
        Arrays.fill(places, -1);
        int next = 0;
        for (String column : columns) {
            places[schema.indexOf(column)] = next;
            next += (int) schema.column(column).shape().size();
        }
        width = next;
        inputs = new double[rows * width];
        targets = new double[rows];
    }

    /** The numbers of a row. */
    int width() {
        return width;
    }

    void setInput(int row, double[] numbers) {
        System.arraycopy(numbers, 0, inputs, row * width, width);
    }

    void setTarget(int row, double number) {
        targets[row] = number;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public int size() {
        return targets.length;
    }

    private double value(int column, int row, int place) {
        if (places[column] >= 0) {
            return inputs[row * width + places[column] + place];
        }
        return column == target ? targets[row] : 0;
    }

    private int width(int column) {
        return (int) schema.columns().get(column).shape().size();
    }

    @Override
    public void read(int column, int[] rows, int from, int count, float[] into) {
        int size = width(column);
        for (int i = 0; i < count * size; i++) {
            into[i] = (float) value(column, rows[from + i / size], i % size);
        }
    }

    @Override
    public void read(int column, int[] rows, int from, int count, double[] into) {
        int size = width(column);
        for (int i = 0; i < count * size; i++) {
            into[i] = value(column, rows[from + i / size], i % size);
        }
    }

    @Override
    public void read(int column, int[] rows, int from, int count, int[] into) {
        int size = width(column);
        Arrays.setAll(into, i -> i < count * size ? (int) value(column, rows[from + i / size], i % size) : into[i]);
    }
}
