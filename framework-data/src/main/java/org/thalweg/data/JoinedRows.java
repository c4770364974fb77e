package org.thalweg.data;

import java.util.ArrayList;
import java.util.List;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.data.Schema;

/** Rows whose columns are columns of another data set, each with rows of its own choice. Holds row numbers only; closes the data behind. */
final class JoinedRows implements Dataset {
    private record Source(Subset rows, int column) {}

    private final Dataset data;
    private final int size;
    private final List<Source> sources;
    private final Schema schema;

    private JoinedRows(Dataset data, int size, List<Source> sources, Schema schema) {
        this.data = data;
        this.size = size;
        this.sources = sources;
        this.schema = schema;
    }

    /** Rows without a column yet. */
    static JoinedRows of(Dataset data, int size) {
        return new JoinedRows(data, size, List.of(), new Schema(List.of()));
    }

    /**
     * One column more.
     *
     * @param name of the new column
     * @param column of the data behind
     * @param rows which of its rows, as many as this has
     */
    JoinedRows with(String name, String column, int[] rows) {
        Column found = data.schema().column(column);
        List<Column> columns = new ArrayList<>(schema.columns());
        columns.add(new Column(name, found.dtype(), found.shape(), found.categories()));
        List<Source> more = new ArrayList<>(sources);
        more.add(new Source(Subset.of(data, rows), data.schema().indexOf(column)));
        return new JoinedRows(data, size, List.copyOf(more), new Schema(columns));
    }

    @Override
    public boolean isInMemory() {
        return data.isInMemory();
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
    public void read(int column, int[] rows, int from, int count, float[] target) {
        sources.get(column).rows().read(sources.get(column).column(), rows, from, count, target);
    }

    @Override
    public void read(int column, int[] rows, int from, int count, double[] target) {
        sources.get(column).rows().read(sources.get(column).column(), rows, from, count, target);
    }

    @Override
    public void read(int column, int[] rows, int from, int count, int[] target) {
        sources.get(column).rows().read(sources.get(column).column(), rows, from, count, target);
    }

    @Override
    public void close() {
        data.close();
    }
}
