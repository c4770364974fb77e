package org.thalweg.app.pipeline;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.Schema;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.autodiff.compile.ElementArrays;

/**
 * The arrays that batches are read into, one for each column that the model, the loss or a metric asks for: what they need is known when they
 * have been traced. Reused by every batch.
 */
final class BatchColumns {
    /** A column, its type in the run, and its array. */
    record BatchColumn(Column column, DType dtype, Object array) {
        String name() {
            return column.name();
        }

        /** The shape of a batch. */
        Shape shape(int rows) {
            return column.shape().prepend(rows);
        }
    }

    private final Schema schema;
    private final DType dtype;
    private final int capacity;
    private final Map<String, BatchColumn> columns = new LinkedHashMap<>();

    /**
     * No arrays yet.
     *
     * @param schema of the training data
     * @param dtype what numbers are computed in
     * @param capacity rows of the largest batch
     */
    BatchColumns(Schema schema, DType dtype, int capacity) {
        this.schema = schema;
        this.dtype = dtype;
        this.capacity = capacity;
    }

    /** The columns that the data has. */
    Schema schema() {
        return schema;
    }

    /** A column, which batches have from now on. */
    BatchColumn get(String name) {
        return columns.computeIfAbsent(name, this::allocate);
    }

    private BatchColumn allocate(String name) {
        Column column = schema.column(name);
        if (column.dtype() == DType.BOOL) {
            throw new DataException("column '" + name + "' is BOOL; a column of data is INT32, FLOAT32 or FLOAT64");
        }
        DType type = column.dtype().isFloating() ? dtype : column.dtype();
        return new BatchColumn(column, type, ElementArrays.allocate(type, (int) column.shape().prepend(capacity).size()));
    }

    /** The columns that were asked for, in that order. */
    Collection<BatchColumn> all() {
        return Collections.unmodifiableCollection(columns.values());
    }
}
