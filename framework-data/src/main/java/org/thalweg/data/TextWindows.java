package org.thalweg.data;

import java.util.List;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.data.Schema;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;

/** Overlapping or adjoining windows of one array of symbols, which is held once. */
final class TextWindows implements Dataset {
    private final Values symbols;
    private final int length;
    private final int stride;
    private final Schema schema;

    /** Windows over more than {@code length} symbols. */
    TextWindows(Values symbols, List<String> vocabulary, int length, int stride) {
        this.symbols = symbols;
        this.length = length;
        this.stride = stride;
        this.schema = new Schema(List.of(
                new Column(Column.INPUT, DType.INT32, Shape.of(length), vocabulary), new Column(Column.TARGET, DType.INT32, Shape.of(length), vocabulary)));
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public int size() {
        return Math.toIntExact((symbols.length() - length - 1) / stride + 1);
    }

    /** The columns are numbered 0 and 1, which is also how much further on they start. */
    private int start(int row, int column) {
        return row * stride + column;
    }

    @Override
    public void read(int column, int[] rows, int from, int count, float[] target) {
        for (int i = 0; i < count; i++) {
            symbols.copy(start(rows[from + i], column), target, i * length, length);
        }
    }

    @Override
    public void read(int column, int[] rows, int from, int count, double[] target) {
        for (int i = 0; i < count; i++) {
            symbols.copy(start(rows[from + i], column), target, i * length, length);
        }
    }

    @Override
    public void read(int column, int[] rows, int from, int count, int[] target) {
        for (int i = 0; i < count; i++) {
            symbols.copy(start(rows[from + i], column), target, i * length, length);
        }
    }
}
