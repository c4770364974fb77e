package org.thalweg.app.pipeline;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.app.pipeline.BatchColumns.BatchColumn;
import org.thalweg.autodiff.compile.Program;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;

/** The data's columns as leaves of a graph, for one number of rows. A leaf comes into being when it is first asked for. */
final class ColumnLeaves implements NamedColumns {
    private final Graph graph;
    private final BatchColumns batch;
    private final int rows;
    private final Map<String, Expression> byName = new LinkedHashMap<>();
    private final Map<Expression, BatchColumn> columns = new LinkedHashMap<>();

    ColumnLeaves(Graph graph, BatchColumns batch, int rows) {
        this.graph = graph;
        this.batch = batch;
        this.rows = rows;
    }

    /** The leaf of a column that the data must have. */
    Expression leaf(String name) {
        Expression known = byName.get(name);
        if (known != null) {
            return known;
        }
        BatchColumn column = batch.get(name);
        Expression leaf = graph.input(name, column.shape(rows), column.dtype());
        byName.put(name, leaf);
        columns.put(leaf, column);
        return leaf;
    }

    @Override
    public List<String> names() {
        return batch.schema().names();
    }

    @Override
    public Optional<Tensor> find(String name) {
        return names().contains(name) ? Optional.of(leaf(name)) : Optional.empty();
    }

    /** The columns that were asked for. */
    Map<Expression, BatchColumn> asked() {
        return Collections.unmodifiableMap(columns);
    }

    /** Gives a program of this graph the arrays of the batch. */
    void bind(Program program) {
        columns.forEach((leaf, column) -> program.bind(leaf, column.array()));
    }
}
