package org.thalweg.app.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.api.data.Column;
import org.thalweg.api.metric.Metric;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.app.pipeline.LocatedShapeException.Part;
import org.thalweg.autodiff.compile.Backend;
import org.thalweg.autodiff.compile.Computation;
import org.thalweg.autodiff.compile.ElementArrays;
import org.thalweg.autodiff.compile.Program;
import org.thalweg.autodiff.graph.Expression;

/** The loss and the metrics' sums for batches of one size, as one program. */
final class EvaluationStep {
    private record Sum(int position, int size) {}

    private final long seed;
    private final ModelTrace model;
    private final Outputs.Scalar lossSum;
    private final Outputs.Scalar divisor;
    private final Map<String, List<Sum>> sums = new LinkedHashMap<>();
    private final Program program;

    EvaluationStep(Plan plan, Variables variables, BatchColumns batch, int rows, Backend backend) {
        seed = plan.seed();
        model = ModelTrace.of(plan, variables, batch, rows, false);
        Outputs outputs = new Outputs();
        lossSum = outputs.scalar(model.lossSum());
        divisor = outputs.scalar(model.divisor());
        for (Map.Entry<String, Metric> metric : plan.metrics().entrySet()) {
            List<Sum> parts = new ArrayList<>();
            model.graph().inScope("metric " + metric.getKey(), () -> {
                for (Tensor tensor : sums(plan, metric.getKey(), metric.getValue())) {
                    parts.add(new Sum(outputs.add((Expression) tensor), (int) tensor.shape().size()));
                }
                return null;
            });
            sums.put(metric.getKey(), parts);
        }
        program = backend.compile(Computation.of(outputs.computed()));
        model.bindEvaluated(program, variables);
    }

    private List<Tensor> sums(Plan plan, String name, Metric metric) {
        try {
            return metric.sums(model.prediction(), model.columns().leaf(target(plan, name)), column -> named(name, column));
        } catch (ShapeException problem) {
            throw new LocatedShapeException(Part.METRIC, name, problem.getMessage(), problem);
        }
    }

    /** What metrics compare the model's output with: the first of the loss's inputs that is a column, or else the data's target. */
    private String target(Plan plan, String metric) {
        return plan.lossColumns().stream().findFirst().or(() -> model.columns().names().stream().filter(Column.TARGET::equals).findFirst())
                .orElseThrow(() -> new ShapeException("the metric '" + metric + "' compares the model's output with a column of the data, but all inputs of the"
                        + " loss " + plan.lossName() + " come from the model, and the data has no column 'target', only " + model.columns().names()
                        + "; leave the metric out, or add such a column"));
    }

    private Tensor named(String metric, String column) {
        if (!model.columns().names().contains(column)) {
            throw new ShapeException("the metric '" + metric + "' needs the column '" + column + "', but the data has " + model.columns().names());
        }
        return model.columns().leaf(column);
    }

    /**
     * Computes for the batch that lies in the arrays.
     *
     * @param batch its number, so that each draws other random numbers where a layer draws some
     */
    void run(long batch) {
        program.random(seed, batch);
        program.run();
    }

    double lossSum() {
        return lossSum.in(program);
    }

    double divisor() {
        return divisor.in(program);
    }

    /** The elements that a metric adds up, in the last run. */
    double[] sums(String metric) {
        List<Sum> parts = sums.get(metric);
        double[] all = new double[parts.stream().mapToInt(Sum::size).sum()];
        int at = 0;
        for (Sum part : parts) {
            for (int i = 0; i < part.size(); i++) {
                all[at++] = ElementArrays.element(program.output(part.position()), i);
            }
        }
        return all;
    }

    /** Finds what was not finite in the last run's loss. */
    Divergence divergence(long batch) {
        return Divergence.find(model, Map.of(), List.of(), Map.of(), seed, batch);
    }
}
