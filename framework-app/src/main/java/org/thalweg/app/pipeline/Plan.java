package org.thalweg.app.pipeline;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.metric.Metric;
import org.thalweg.api.optim.GradientTransform;
import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.optim.Schedule;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.training.StopCriterion;
import org.thalweg.api.training.TrainingListener;
import org.thalweg.autodiff.compile.Backend;

/** Everything that was asked of a run; what each part means stands in {@link PipelineBuilder}. */
record Plan(
        String name,
        long seed,
        DType dtype,
        Dataset training,
        Optional<Dataset> validation,
        Optional<Dataset> test,
        Layer model,
        Map<String, String> modelInputs,
        String lossName,
        Loss loss,
        Optimizer optimizer,
        List<ParameterGroup> groups,
        Schedule schedule,
        List<GradientTransform> gradientTransforms,
        Map<String, Metric> metrics,
        int epochs,
        int batchSize,
        int accumulate,
        int threads,
        List<StopCriterion> stop,
        List<TrainingListener> listeners,
        Optional<Checkpoint.Receiver> checkpointEachEpoch,
        Optional<Checkpoint> resume,
        Map<String, double[]> initialParameters,
        Optional<IntFunction<int[]>> rowOrder,
        int listenEverySteps,
        BooleanSupplier cancelWhen,
        IntFunction<Backend> backend) {

    /** The loss's inputs that are columns of the data. */
    List<String> lossColumns() {
        return loss.inputs().stream().filter(input -> !modelInputs.containsValue(input)).toList();
    }

    /** Rows of a batch when data is judged: all that there are, where a metric needs to see them at once. */
    int evaluationRows(Dataset data) {
        return metrics.values().stream().anyMatch(Metric::wholeDataset) ? data.size() : Math.min(batchSize, data.size());
    }

    /** Arrays for batches of up to {@code capacity} rows. */
    BatchColumns batch(int capacity) {
        return new BatchColumns(training.schema(), dtype, capacity);
    }

    ParameterGroups parameterGroups() {
        return new ParameterGroups(optimizer, groups);
    }

    boolean needsGradientNorm() {
        return stop.stream().anyMatch(StopCriterion::needsGradientNorm);
    }

    /** The same training under another schedule, watched by one listener alone, neither judged nor kept. */
    Plan under(Schedule other, int epochs, TrainingListener listener, BooleanSupplier cancelled) {
        return new Plan(name, seed, dtype, training, Optional.empty(), Optional.empty(), model, modelInputs, lossName, loss, optimizer, groups, other,
                gradientTransforms, Map.of(), epochs, batchSize, accumulate, threads, List.of(), List.of(listener), Optional.empty(), Optional.empty(),
                initialParameters, rowOrder, 1, cancelled, backend);
    }

    /** Rows of a usual batch. */
    int batchRows() {
        return optimizer.wholeDataset() ? training.size() : Math.min(batchSize, training.size());
    }

    /** Rows of a usual step. */
    int stepRows() {
        return (int) Math.min((long) batchRows() * accumulate, training.size());
    }
}
