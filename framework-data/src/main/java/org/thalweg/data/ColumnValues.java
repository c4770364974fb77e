package org.thalweg.data;

import java.util.List;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.DataException;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;

/**
 * A column with the values of all its rows, one row after another, each row-major. The arrays given are kept, not copied, so that large
 * data is held once: whoever gives one must not change it afterwards.
 */
public final class ColumnValues {
    private final Column column;
    private final Values values;
    private final int rowSize;
    private final int rows;

    private ColumnValues(Column column, Values values) {
        this.column = column;
        this.values = values;
        this.rowSize = Math.toIntExact(column.shape().size());
        if (rowSize == 0 || values.length() % rowSize != 0) {
            throw new DataException("column '" + column.name() + "' has " + values.length() + " values, which do not make whole rows of shape "
                    + column.shape() + "; check the shape and the array");
        }
        this.rows = Math.toIntExact(values.length() / rowSize);
    }

    /** A FLOAT32 column. */
    public static ColumnValues numbers(String name, Shape shape, float[] values) {
        return new ColumnValues(new Column(name, DType.FLOAT32, shape), new Values.Floats(values));
    }

    /** A FLOAT64 column. */
    public static ColumnValues numbers(String name, Shape shape, double[] values) {
        return new ColumnValues(new Column(name, DType.FLOAT64, shape), new Values.Doubles(values));
    }

    /** A FLOAT32 column of whole numbers from 0 to 255, such as pixels: a quarter of the memory. */
    public static ColumnValues unsignedBytes(String name, Shape shape, byte[] values) {
        return of(new Column(name, DType.FLOAT32, shape), new Values.Bytes(values, 0xff));
    }

    /** An INT32 column. */
    public static ColumnValues integers(String name, Shape shape, int[] values) {
        return of(new Column(name, DType.INT32, shape), new Values.Ints(values));
    }

    /**
     * An INT32 column of class numbers, one a row.
     *
     * @param categories the name of class 0, of class 1 ...
     * @throws DataException where a number has no name
     */
    public static ColumnValues classes(String name, List<String> categories, int[] values) {
        for (int row = 0; row < values.length; row++) {
            if (values[row] < 0 || values[row] >= categories.size()) {
                throw new DataException("column '" + name + "' has class number " + values[row] + " in row " + row + ", but "
                        + categories.size() + " classes are named; number them from 0 to " + (categories.size() - 1));
            }
        }
        return of(new Column(name, DType.INT32, Shape.scalar(), categories), new Values.Ints(values));
    }

    static ColumnValues of(Column column, Values values) {
        return new ColumnValues(column, values);
    }

    /** What the column is. */
    public Column column() {
        return column;
    }

    /** The number of rows. */
    public int rows() {
        return rows;
    }

    void read(int[] rows, int from, int count, float[] target) {
        for (int i = 0; i < count; i++) {
            values.copy((long) rows[from + i] * rowSize, target, i * rowSize, rowSize);
        }
    }

    void read(int[] rows, int from, int count, double[] target) {
        for (int i = 0; i < count; i++) {
            values.copy((long) rows[from + i] * rowSize, target, i * rowSize, rowSize);
        }
    }

    void read(int[] rows, int from, int count, int[] target) {
        if (column.dtype() != DType.INT32) {
            throw new IllegalArgumentException("column '" + column.name() + "' is " + column.dtype() + " and cannot be read as INT32");
        }
        for (int i = 0; i < count; i++) {
            values.copy((long) rows[from + i] * rowSize, target, i * rowSize, rowSize);
        }
    }
}
