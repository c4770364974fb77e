package org.thalweg.data;

import java.util.Objects;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.data.Schema;

/** Some rows of another data set, in any order, repeated or not. Does not close that data set: other views may read it still. */
public final class Subset implements Dataset {
    private final Dataset data;
    private final int[] rows;
    /** Row numbers behind, for each reading thread, so that reading a batch allocates nothing. */
    private final ThreadLocal<int[]> numbers = ThreadLocal.withInitial(() -> new int[0]);

    private Subset(Dataset data, int[] rows) {
        this.data = data;
        this.rows = rows;
    }

    /**
     * The chosen rows, in the order given.
     *
     * @throws IndexOutOfBoundsException for a row that the data does not have
     */
    public static Subset of(Dataset data, int... rows) {
        for (int row : rows) {
            Objects.checkIndex(row, data.size());
        }
        return new Subset(data, rows.clone());
    }

    /** The chosen rows' numbers in the data set behind. */
    public int[] rows() {
        return rows.clone();
    }

    @Override
    public Schema schema() {
        return data.schema();
    }

    @Override
    public int size() {
        return rows.length;
    }

    @Override
    public boolean isInMemory() {
        return data.isInMemory();
    }

    @Override
    public void read(int column, int[] rows, int from, int count, float[] target) {
        data.read(column, behind(rows, from, count), 0, count, target);
    }

    @Override
    public void read(int column, int[] rows, int from, int count, double[] target) {
        data.read(column, behind(rows, from, count), 0, count, target);
    }

    @Override
    public void read(int column, int[] rows, int from, int count, int[] target) {
        data.read(column, behind(rows, from, count), 0, count, target);
    }

    private int[] behind(int[] asked, int from, int count) {
        int[] found = numbers.get();
        if (found.length < count) {
            found = new int[count];
            numbers.set(found);
        }
        for (int i = 0; i < count; i++) {
            found[i] = rows[asked[from + i]];
        }
        return found;
    }
}
