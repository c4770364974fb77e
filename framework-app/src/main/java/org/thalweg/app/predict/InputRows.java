package org.thalweg.app.predict;

import java.util.Arrays;
import java.util.List;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.data.Schema;

/** The rows of a batch, as the training data's columns before any transform. Only some of them can be set; the others are 0. */
final class InputRows implements Dataset {
    private final Schema schema;
    private final int width;
    /** Where the numbers of each column begin in a row; -1 for a column that nobody sets. */
    private final int[] places;
    private final double[] numbers;
    private final int size;

    /**
     * Rows of zeros.
     *
     * @param columns that can be set, one after another
     */
    InputRows(Schema schema, List<String> columns, int rows) {
        this.schema = schema;
        places = new int[schema.columns().size()];
        Arrays.fill(places, -1);
        int next = 0;
        for (String column : columns) {
            places[schema.indexOf(column)] = next;
            next += (int) schema.column(column).shape().size();
        }
        width = next;
        numbers = new double[rows * width];
        size = rows;
    }

    void set(int row, double[] given) {
        System.arraycopy(given, 0, numbers, row * width, width);
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public int size() {
        return size;
    }

    private double value(int column, int row, int place) {
        return places[column] < 0 ? 0 : numbers[row * width + places[column] + place];
    }

    private int width(int column) {
        return (int) schema.columns().get(column).shape().size();
    }

    @Override
    public void read(int column, int[] rows, int from, int count, float[] into) {
        int width = width(column);
        for (int i = 0; i < count * width; i++) {
            into[i] = (float) value(column, rows[from + i / width], i % width);
        }
    }

    @Override
    public void read(int column, int[] rows, int from, int count, double[] into) {
        int width = width(column);
        for (int i = 0; i < count * width; i++) {
            into[i] = value(column, rows[from + i / width], i % width);
        }
    }

    @Override
    public void read(int column, int[] rows, int from, int count, int[] into) {
        int width = width(column);
        Arrays.setAll(into, i -> i < count * width ? (int) value(column, rows[from + i / width], i % width) : into[i]);
    }
}
