package org.thalweg.app.pipeline;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.Dataset;
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
    private record Trace(LayerTrace layers, Expression input, Expression output) {}

    private final Layer model;
    private final DType dtype;
    private final Variables variables;
    private final BatchColumn batch;
    private final Backend backend;
    private final Map<Integer, Program> programs = new HashMap<>();
    private final int[] rows;
    private final Shape output;

    /**
     * A model with given numbers.
     *
     * @param dtype the type to compute in
     * @param input the column that goes into the model
     * @param weights parameters and state by path
     * @param most rows of a batch
     * @throws org.thalweg.api.tensor.ShapeException where the input does not fit the model
     */
    public Prediction(Layer model, DType dtype, Column input, Map<String, double[]> weights, int most, Backend backend) {
        this.model = model;
        this.dtype = dtype;
        this.variables = new Variables(0, dtype, weights);
        this.backend = backend;
        this.rows = new int[most];
        DType type = input.dtype().isFloating() ? dtype : input.dtype();
        batch = new BatchColumn(input, type, ElementArrays.allocate(type, (int) input.shape().prepend(most).size()));
        output = trace(model, dtype, variables, batch, 1).output().shape().without(0);
    }

    /** The parameters and state that a model has for such input. */
    public static Weights initialWeights(Layer model, DType dtype, Column input) {
        Variables variables = new Variables(0, dtype, Map.of());
        trace(model, dtype, variables, new BatchColumn(input, input.dtype().isFloating() ? dtype : input.dtype(), null), 1);
        return variables.weights();
    }

    private static Trace trace(Layer model, DType dtype, Variables variables, BatchColumn batch, int rows) {
        Graph graph = new Graph();
        Expression input = graph.input(batch.name(), batch.shape(rows), batch.dtype());
        LayerTrace layers = new LayerTrace(graph, variables, dtype, false);
        return new Trace(layers, input, layers.apply(model, input));
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
        new BatchReader(data, "given", List.of(batch)).read(rows, 0, count);
        Program program = programs.computeIfAbsent(count, this::compile);
        program.run();
        return ElementArrays.toDoubles(program.output(0), (int) output.size() * count);
    }

    private Program compile(int count) {
        Trace trace = trace(model, dtype, variables, batch, count);
        Program program = backend.compile(Computation.of(List.of(trace.output())));
        program.bind(trace.input(), batch.array());
        trace.layers().leaves().forEach((leaf, variable) -> program.bind(leaf, variable.array()));
        return program;
    }

    @Override
    public void close() {
        backend.close();
    }
}
