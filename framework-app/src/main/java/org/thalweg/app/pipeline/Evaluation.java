package org.thalweg.app.pipeline;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.metric.Metric;
import org.thalweg.autodiff.compile.Backend;

/** Judges the model as it stands by a data set. Sums are kept in double, so it does not matter how the rows fall into batches. */
final class Evaluation {
    private final Plan plan;
    private final Variables variables;
    private final BatchColumns batch;
    private final Backend backend;
    private final BooleanSupplier cancelled;
    private final Map<Integer, EvaluationStep> steps = new HashMap<>();

    Evaluation(Plan plan, Variables variables, BatchColumns batch, Backend backend, BooleanSupplier cancelled) {
        this.plan = plan;
        this.variables = variables;
        this.batch = batch;
        this.backend = backend;
        this.cancelled = cancelled;
    }

    /** The loss and the metrics under their full names, as {@code validation.loss}; nothing if the run was cancelled meanwhile. */
    Optional<Map<String, Double>> of(BatchReader data) {
        LossTotal loss = new LossTotal(plan.loss().reduction());
        Map<String, double[]> sums = new LinkedHashMap<>();
        int[] rows = new int[plan.evaluationRows(data.data())];
        for (int from = 0, number = 0; from < data.size(); from += rows.length, number++) {
            if (cancelled.getAsBoolean()) {
                return Optional.empty();
            }
            int count = Math.min(rows.length, data.size() - from);
            for (int i = 0; i < count; i++) {
                rows[i] = from + i;
            }
            data.read(rows, 0, count);
            EvaluationStep step = stepFor(count);
            step.run(number);
            if (Double.isNaN(step.lossSum()) && !Double.isNaN(loss.value())) {
                requireGoodData(step.divergence(number), data, rows);
            }
            loss.add(step.lossSum(), step.divisor());
            plan.metrics().keySet().forEach(metric -> sums.merge(metric, step.sums(metric), (a, b) -> added(metric, a, b)));
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put(data.role() + ".loss", loss.value());
        for (Map.Entry<String, Metric> metric : plan.metrics().entrySet()) {
            metrics.put(data.role() + "." + metric.getKey(), metric.getValue().value(sums.get(metric.getKey())));
        }
        return Optional.of(metrics);
    }

    /** Traces and compiles what a data set's first batch needs; after that it is known which columns are read. */
    void prepare(Dataset data) {
        stepFor(plan.evaluationRows(data));
    }

    private EvaluationStep stepFor(int count) {
        return steps.computeIfAbsent(count, size -> new EvaluationStep(plan, variables, batch, size, backend));
    }

    /** A loss that is not a number is a figure like any other here, unless the data is to blame. */
    private static void requireGoodData(Divergence divergence, BatchReader data, int[] rows) {
        if (divergence.isInData()) {
            throw new DataException("row " + rows[divergence.row()] + " of the " + data.role() + " data: " + divergence.sentence());
        }
    }

    private static double[] added(String metric, double[] total, double[] more) {
        if (total.length != more.length) {
            throw new IllegalStateException("the metric '" + metric + "' gave " + total.length + " sums for one batch and " + more.length
                    + " for another; their number must not depend on the batch's size");
        }
        for (int i = 0; i < total.length; i++) {
            total[i] += more[i];
        }
        return total;
    }
}
