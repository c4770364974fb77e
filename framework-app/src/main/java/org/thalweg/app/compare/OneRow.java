package org.thalweg.app.compare;

import java.util.List;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.data.Schema;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;

/** A data set of one row with one number, 0: a surface needs no data, but a pipeline does. */
final class OneRow implements Dataset {
    private static final Schema SCHEMA = new Schema(List.of(new Column(Column.INPUT, DType.FLOAT64, Shape.of(1))));

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public int size() {
        return 1;
    }

    @Override
    public void read(int column, int[] rows, int from, int count, float[] target) {
        target[0] = 0;
    }

    @Override
    public void read(int column, int[] rows, int from, int count, double[] target) {
        target[0] = 0;
    }

    @Override
    public void read(int column, int[] rows, int from, int count, int[] target) {
        target[0] = 0;
    }
}
