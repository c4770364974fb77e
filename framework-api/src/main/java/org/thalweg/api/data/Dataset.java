package org.thalweg.api.data;

import java.util.List;
import org.thalweg.api.plugin.Stable;

/**
 * Rows that can be read in any order, any number of times, from several threads at once. Values of a row are row-major; the rows asked for
 * are written one after another.
 */
@Stable
public interface Dataset extends AutoCloseable {
    /** The columns. */
    Schema schema();

    /** The number of rows. */
    int size();

    /**
     * Copies a column's values as single-precision numbers.
     *
     * @param column its number in the schema
     * @param rows row numbers
     * @param from the first position in {@code rows} to read
     * @param count how many rows
     * @param target receives count times the column's size values, from position 0
     */
    void read(int column, int[] rows, int from, int count, float[] target);

    /** Copies a column's values as double-precision numbers. */
    void read(int column, int[] rows, int from, int count, double[] target);

    /** Copies an INT32 column's values. */
    void read(int column, int[] rows, int from, int count, int[] target);

    /** How texts became the numbers of a column, feature after feature; empty where it was not read from texts. */
    default List<Feature> features(String column) {
        return List.of();
    }

    /**
     * Whether reading never waits for a disk or a network. Where it may, the trainer reads the next batch on another thread while it computes.
     * A view of other data answers as that data does.
     */
    default boolean isInMemory() {
        return true;
    }

    /** Closes files; nothing to do for data in memory. */
    @Override
    default void close() {}
}
