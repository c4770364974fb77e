package org.thalweg.app.pipeline;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.data.Schema;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.app.pipeline.BatchColumns.BatchColumn;
import org.thalweg.autodiff.compile.Backend;
import org.thalweg.autodiff.compile.Computation;
import org.thalweg.autodiff.compile.ElementArrays;
import org.thalweg.autodiff.compile.Program;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;

/** A trained model that answers; no layer behaves as in training. Closing it closes the backend. One thread at a time. */
public final class Prediction implements AutoCloseable {
    private record Trace(LayerTrace layers, ColumnLeaves columns, Expression output) {}

    private final Layer model;
    private final DType dtype;
    private final String input;
    private final Variables variables;
    private final BatchColumns batch;
    private final Backend backend;
    private final Map<Integer, Program> programs = new HashMap<>();
    private final int[] rows;
    private final Shape output;

    /**
     * A model with given numbers.
     *
     * @param dtype the type to compute in
     * @param input the column that goes into the model
     * @param schema the columns that the model may ask for
     * @param weights parameters and state by path
     * @param most rows of a batch
     * @throws org.thalweg.api.tensor.ShapeException where the input does not fit the model
     */
    public Prediction(Layer model, DType dtype, String input, Schema schema, Map<String, double[]> weights, int most, Backend backend) {
        this.model = model;
        this.dtype = dtype;
        this.input = input;
        this.variables = new Variables(0, dtype, weights);
        this.backend = backend;
        this.rows = new int[most];
        batch = new BatchColumns(schema, dtype, most);
        output = trace(model, dtype, input, variables, batch, 1).output().shape().without(0);
    }

    /** The parameters and state that a model has for such data. */
    public static Weights initialWeights(Layer model, DType dtype, String input, Schema schema) {
        Variables variables = new Variables(0, dtype, Map.of());
        trace(model, dtype, input, variables, new BatchColumns(schema, dtype, 1), 1);
        return variables.weights();
    }

    private static Trace trace(Layer model, DType dtype, String input, Variables variables, BatchColumns batch, int rows) {
        Graph graph = new Graph();
        ColumnLeaves columns = new ColumnLeaves(graph, batch, rows);
        LayerTrace layers = new LayerTrace(graph, variables, dtype, false, columns);
        return new Trace(layers, columns, layers.apply(model, columns.leaf(input)));
    }

    /** The columns that the model asks for, the one that goes into it first. */
    public List<String> columns() {
        return batch.all().stream().map(BatchColumn::name).toList();
    }

    /** The shape of the answer to one row. */
    public Shape outputShape() {
        return output;
    }

    /**
     * Answers rows of a data set.
     *
     * @param from the first
     * @param count how many, at most those of a batch
     * @return the answers one after another
     */
    public double[] of(Dataset data, int from, int count) {
        for (int i = 0; i < count; i++) {
            rows[i] = from + i;
        }
        new BatchReader(data, "given", batch).read(rows, 0, count);
        Program program = programs.computeIfAbsent(count, this::compile);
        program.run();
        return ElementArrays.toDoubles(program.output(0), (int) output.size() * count);
    }

    private Program compile(int count) {
        Trace trace = trace(model, dtype, input, variables, batch, count);
        Program program = backend.compile(Computation.of(List.of(trace.output())));
        trace.columns().bind(program);
        trace.layers().leaves().forEach((leaf, variable) -> program.bind(leaf, variable.array()));
        return program;
    }

    @Override
    public void close() {
        backend.close();
    }
}
