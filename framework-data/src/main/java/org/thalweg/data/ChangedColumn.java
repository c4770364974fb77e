package org.thalweg.data;

import org.thalweg.api.data.Column;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.data.Schema;
import org.thalweg.api.tensor.DType;

/** A data set with the numbers of one column changed as they are read, in place in the reader's array. Does not close the data behind. */
final class ChangedColumn implements Dataset {
    /** What happens to the numbers: whole rows, one after another, from position 0. */
    interface Change {
        /** In single precision; each result is rounded once. */
        void apply(float[] values, int count);

        /** In double precision. */
        void apply(double[] values, int count);
    }

    /** So many numbers fit into the first-level cache together with what a change knows of them. */
    private static final int BLOCK = 2048;

    private final Dataset data;
    private final int changed;
    private final boolean wide;
    private final int rowSize;
    private final Change change;

    ChangedColumn(Dataset data, String column, Change change) {
        Column found = floating(data, column);
        this.data = data;
        this.changed = data.schema().indexOf(column);
        this.wide = found.dtype() == DType.FLOAT64;
        this.rowSize = Math.toIntExact(found.shape().size());
        this.change = change;
    }

    /**
     * A column that can be changed.
     *
     * @throws DataException where it holds class numbers or does not exist
     */
    static Column floating(Dataset data, String name) {
        Column column = data.schema().column(name);
        if (!column.dtype().isFloating()) {
            throw new DataException("column '" + name + "' holds " + column.dtype() + ", which is no quantity to scale, standardise or fill; "
                    + "choose a column of FLOAT32 or FLOAT64");
        }
        return column;
    }

    @Override
    public Schema schema() {
        return data.schema();
    }

    @Override
    public int size() {
        return data.size();
    }

    @Override
    public boolean isInMemory() {
        return data.isInMemory();
    }

    @Override
    public void read(int column, int[] rows, int from, int count, float[] target) {
        if (column != changed) {
            data.read(column, rows, from, count, target);
        } else if (wide) {
            narrow(rows, from, count, target);
        } else {
            data.read(column, rows, from, count, target);
            change.apply(target, count * rowSize);
        }
    }

    /** Rounds after the change, not before: standardising subtracts numbers that may be large and close to each other, as dates are. */
    private void narrow(int[] rows, int from, int count, float[] target) {
        int block = Math.min(count, Math.max(1, BLOCK / rowSize));
        double[] values = new double[block * rowSize];
        for (int done = 0; done < count; done += block) {
            int some = Math.min(block, count - done);
            data.read(changed, rows, from + done, some, values);
            change.apply(values, some * rowSize);
            int start = done * rowSize;
            for (int i = 0; i < some * rowSize; i++) {
                target[start + i] = (float) values[i];
            }
        }
    }

    @Override
    public void read(int column, int[] rows, int from, int count, double[] target) {
        data.read(column, rows, from, count, target);
        if (column == changed) {
            change.apply(target, count * rowSize);
        }
    }

    @Override
    public void read(int column, int[] rows, int from, int count, int[] target) {
        data.read(column, rows, from, count, target);
    }
}
