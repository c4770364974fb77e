package org.thalweg.data;

import java.util.List;
import java.util.Map;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.data.Feature;
import org.thalweg.api.data.Schema;

/**
 * A data set whose columns are arrays.
 *
 * <pre>{@code
 * Dataset xor = InMemory.of(
 *         ColumnValues.numbers("input", Shape.of(2), new float[] {0, 0, 0, 1, 1, 0, 1, 1}),
 *         ColumnValues.classes("target", List.of("same", "different"), new int[] {0, 1, 1, 0}));
 * }</pre>
 */
public final class InMemory implements Dataset {
    private final ColumnValues[] columns;
    private final Schema schema;
    private final int size;
    private final Map<String, List<Feature>> features;

    private InMemory(List<ColumnValues> columns, Map<String, List<Feature>> features) {
        if (columns.isEmpty()) {
            throw new DataException("a data set needs at least one column");
        }
        this.columns = columns.toArray(ColumnValues[]::new);
        this.schema = new Schema(columns.stream().map(ColumnValues::column).toList());
        this.size = this.columns[0].rows();
        this.features = Map.copyOf(features);
        for (ColumnValues column : columns) {
            if (column.rows() != size) {
                throw new DataException("column '" + column.column().name() + "' has " + column.rows() + " rows, but column '"
                        + this.columns[0].column().name() + "' has " + size + "; every column needs a value for every row");
            }
        }
    }

    /**
     * A data set of these columns.
     *
     * @throws DataException where their numbers of rows differ
     */
    public static InMemory of(ColumnValues... columns) {
        return of(List.of(columns));
    }

    /** A data set of these columns. */
    public static InMemory of(List<ColumnValues> columns) {
        return of(columns, Map.of());
    }

    /** A data set of these columns, some of which were read from texts: their features. */
    static InMemory of(List<ColumnValues> columns, Map<String, List<Feature>> features) {
        return new InMemory(columns, features);
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public List<Feature> features(String column) {
        return features.getOrDefault(column, List.of());
    }

    @Override
    public void read(int column, int[] rows, int from, int count, float[] target) {
        columns[column].read(rows, from, count, target);
    }

    @Override
    public void read(int column, int[] rows, int from, int count, double[] target) {
        columns[column].read(rows, from, count, target);
    }

    @Override
    public void read(int column, int[] rows, int from, int count, int[] target) {
        columns[column].read(rows, from, count, target);
    }
}
