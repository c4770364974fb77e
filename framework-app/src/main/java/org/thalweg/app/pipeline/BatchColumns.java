package org.thalweg.app.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.Schema;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.autodiff.compile.ElementArrays;

/** The arrays that batches are read into, one for each column that the model, the loss or a metric needs. Reused by every batch. */
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

    private final List<BatchColumn> columns = new ArrayList<>();

    /** Arrays for batches of up to {@code capacity} rows. */
    BatchColumns(Plan plan, int capacity) {
        Schema schema = plan.training().schema();
        for (String name : needed(plan)) {
            Column column = schema.column(name);
            if (column.dtype() == DType.BOOL) {
                throw new DataException("column '" + name + "' is BOOL; a column of data is INT32, FLOAT32 or FLOAT64");
            }
            DType dtype = column.dtype().isFloating() ? plan.dtype() : column.dtype();
            int size = (int) column.shape().prepend(capacity).size();
            columns.add(new BatchColumn(column, dtype, ElementArrays.allocate(dtype, size)));
        }
    }

    private static Set<String> needed(Plan plan) {
        Set<String> names = new LinkedHashSet<>(List.of(Column.INPUT));
        names.addAll(plan.loss().inputs().subList(1, plan.loss().inputs().size()));
        if (!plan.metrics().isEmpty()) {
            names.add(plan.metricTarget());
        }
        return names;
    }

    List<BatchColumn> all() {
        return columns;
    }
}
