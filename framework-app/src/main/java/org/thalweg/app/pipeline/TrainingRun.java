package org.thalweg.app.pipeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.thalweg.api.data.DataException;
import org.thalweg.api.optim.Schedule;
import org.thalweg.api.training.StopReason;
import org.thalweg.api.training.TrainingListener;
import org.thalweg.api.training.TrainingListener.EpochEnded;
import org.thalweg.api.training.TrainingListener.RunEnded;
import org.thalweg.api.training.TrainingListener.RunStarted;
import org.thalweg.api.training.TrainingListener.StepEnded;
import org.thalweg.autodiff.compile.Backend;

/** The loop over epochs and steps: reads a batch, runs its program, tells those who listen. Used once. */
final class TrainingRun {
    private final Plan plan;
    private final Backend backend;
    private final BooleanSupplier cancelled;
    private final RowOrder order;
    private final int batchRows;
    private final Variables variables;
    private final BatchColumns batch;
    private final Evaluation evaluation;
    private final Schedule.Course schedule;
    private final StopMonitors monitors;
    private final BestEpoch best;
    private final LossTotal epochLoss;
    private final LossTotal stepLoss;
    private final Accumulation accumulation;
    /** For batches of the usual size and for the last batch, each as one that its step goes on after and as one that ends it. */
    private final TrainingStep[] programs = new TrainingStep[4];
    private final List<EpochEnded> ended = new ArrayList<>();

    private BatchReader training;
    private Optional<BatchReader> validation = Optional.empty();
    private Optional<BatchReader> test = Optional.empty();
    private EvaluatedParameters evaluatedParameters;
    private long step;
    private int epochs;
    private StopReason reason;
    private Map<String, Double> metrics = Map.of();

    TrainingRun(Plan plan, Backend backend, BooleanSupplier cancelled) {
        this.plan = plan;
        this.backend = backend;
        this.cancelled = cancelled;
        order = new RowOrder(plan);
        batchRows = plan.optimizer().wholeDataset() ? order.count() : Math.min(plan.batchSize(), order.count());
        variables = plan.resume()
                .map(checkpoint -> new Variables(plan.seed(), plan.dtype(), checkpoint))
                .orElseGet(() -> new Variables(plan.seed(), plan.dtype(), plan.initialParameters()));
        batch = plan.batch(Stream.of(plan.validation(), plan.test())
                .flatMap(Optional::stream)
                .mapToInt(plan::evaluationRows)
                .reduce(batchRows, Math::max));
        evaluation = new Evaluation(plan, variables, batch, backend, cancelled);
        schedule = plan.schedule().start();
        monitors = new StopMonitors(plan.stop());
        best = new BestEpoch(plan);
        epochLoss = new LossTotal(plan.loss().reduction());
        stepLoss = new LossTotal(plan.loss().reduction());
        accumulation = new Accumulation(plan);
    }

    TrainingResult run() {
        long start = System.nanoTime();
        programFor(batchRows, true);
        evaluatedParameters = new EvaluatedParameters(plan, variables);
        evaluatedParameters.refresh();
        // What does not fit is said before the first step, not after the first epoch.
        plan.validation().ifPresent(evaluation::prepare);
        plan.test().ifPresent(evaluation::prepare);
        training = new BatchReader(plan.training(), "training", batch);
        validation = plan.validation().map(data -> new BatchReader(data, "validation", batch));
        test = plan.test().map(data -> new BatchReader(data, "test", batch));
        variables.requireNothingGivenInVain();
        if (plan.resume().isPresent()) {
            variables.requireSameOptimizer();
        }
        int stepsPerEpoch = (int) ((order.count() + stepRows() - 1) / stepRows());
        RunStarted started = new RunStarted(
                plan.name(), variables.count(), order.count(), plan.epochs(), stepsPerEpoch, plan.listenEverySteps());
        plan.listeners().forEach(listener -> listener.runStarted(started));
        plan.resume().ifPresent(this::recall);
        try (BatchReader _ = training) {
            for (int epoch = epochs + 1; epoch <= plan.epochs() && reason == null; epoch++) {
                train(epoch);
            }
        }
        if (reason == null) {
            reason = new StopReason(StopReason.Kind.COMPLETED,
                    plan.epochs() == 1 ? "the one epoch is done" : "all " + plan.epochs() + " epochs are done");
        }
        Map<String, Double> all = new LinkedHashMap<>(metrics);
        if (reason.kind() == StopReason.Kind.COMPLETED || reason.kind() == StopReason.Kind.CONVERGED) {
            test.flatMap(evaluation::of).ifPresent(all::putAll);
        }
        RunEnded ended = new RunEnded(reason, Collections.unmodifiableMap(all), best.epoch(), seconds(start));
        plan.listeners().forEach(listener -> listener.runEnded(ended));
        evaluatedParameters.refresh();
        Weights weights = variables.evaluatedWeights();
        return new TrainingResult(reason, all, epochs, step, best.epoch(), weights, best.weights(weights), variables.optimizerState(),
                backend.description(), ended.seconds());
    }

    /** Brings everything that watches the run to where it was. */
    private void recall(Checkpoint checkpoint) {
        for (EpochEnded ended : checkpoint.epochs()) {
            best.recall(ended.epoch(), ended.metrics());
            schedule.afterEpoch(ended);
            StopReason stop = monitors.afterEpoch(ended);
            reason = reason == null ? stop : reason;
        }
        ended.addAll(checkpoint.epochs());
        epochs = checkpoint.last().epoch();
        step = checkpoint.last().step();
        metrics = checkpoint.last().metrics();
    }

    private void train(int epoch) {
        long start = System.nanoTime();
        epochLoss.clear();
        int[] rows = order.of(epoch);
        int from = 0;
        while (from < rows.length && reason == null) {
            int count = (int) Math.min(stepRows(), rows.length - from);
            step(epoch, rows, from, count);
            from += count;
        }
        double trainingSeconds = seconds(start);
        isCancelled();
        if (reason == null) {
            requireFiniteParameters(epoch);
        }
        if (reason != null && reason.kind() != StopReason.Kind.CONVERGED) {
            return;
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("train.loss", epochLoss.value());
        evaluatedParameters.refresh();
        if (validation.isPresent()) {
            Optional<Map<String, Double>> judged = evaluation.of(validation.get());
            if (judged.isEmpty()) {
                reason = reason == null ? cancellation() : reason;
                return;
            }
            figures.putAll(judged.get());
        }
        end(epoch, figures, seconds(start), from / trainingSeconds);
    }

    private void end(int epoch, Map<String, Double> figures, double seconds, double samplesPerSecond) {
        epochs = epoch;
        metrics = Collections.unmodifiableMap(figures);
        boolean isBest = best.consider(epoch, metrics, variables);
        EpochEnded last = new EpochEnded(epoch, step, metrics, seconds, samplesPerSecond);
        ended.add(last);
        plan.listeners().forEach(listener -> listener.epochEnded(last));
        plan.checkpointEachEpoch().ifPresent(
                receiver -> receiver.epochEnded(new Checkpoint(ended, variables.weights(), variables.evaluatedWeights(), variables.optimizerState()), isBest));
        schedule.afterEpoch(last);
        StopReason stop = monitors.afterEpoch(last);
        reason = reason == null ? stop : reason;
    }

    /** One step, of one batch or several. Allocates nothing, but for an event where somebody waits for it. */
    private void step(int epoch, int[] rows, int from, int count) {
        if (isCancelled()) {
            return;
        }
        double factor = schedule.factor(step);
        TrainingStep program = null;
        stepLoss.clear();
        for (int at = from, part = 0; at < from + count; at += batchRows, part++) {
            int batchCount = Math.min(batchRows, from + count - at);
            program = programFor(batchCount, at + batchCount == from + count);
            training.read(rows, at, batchCount);
            if (!program.run(step, part, factor)) {
                diverged(program.divergence(step, part), epoch, rows, at);
                return;
            }
            stepLoss.add(program.lossSum(), program.divisor());
            epochLoss.add(program.lossSum(), program.divisor());
        }
        step++;
        boolean isLast = from + count == rows.length;
        boolean isDue = step % plan.listenEverySteps() == 0 || isLast;
        if (isDue && !plan.listeners().isEmpty() || !monitors.isEmpty()) {
            StepEnded ended = new StepEnded(epoch, step, stepLoss.value(), plan.optimizer().learningRate() * factor, program.gradientNorm());
            reason = monitors.afterStep(ended);
            if (isDue || reason != null) {
                tell(ended);
            }
        }
    }

    /** Rows of a step, the last of an epoch excepted. */
    private long stepRows() {
        return (long) batchRows * plan.accumulate();
    }

    private void tell(StepEnded ended) {
        for (TrainingListener listener : plan.listeners()) {
            listener.stepEnded(ended);
        }
    }

    private void diverged(Divergence divergence, int epoch, int[] rows, int from) {
        if (divergence.isInData()) {
            throw new DataException("row " + rows[from + divergence.row()] + " of the training data: " + divergence.sentence());
        }
        reason = new StopReason(StopReason.Kind.DIVERGED, "step " + (step + 1) + " (epoch " + epoch + "): " + divergence.sentence());
    }

    /** An update itself may overflow. The next step would notice; after the last one nobody would. */
    private void requireFiniteParameters(int epoch) {
        variables.notFinite().ifPresent(path -> reason = new StopReason(StopReason.Kind.DIVERGED, "step " + step + " (epoch " + epoch
                + "): the update made parameter '" + path + "' infinite or not a number; lower the learning rate"));
    }

    private boolean isCancelled() {
        if (reason == null && cancelled.getAsBoolean()) {
            reason = cancellation();
        }
        return reason != null;
    }

    private StopReason cancellation() {
        return new StopReason(StopReason.Kind.CANCELLED, "the run was cancelled after step " + step);
    }

    /** There are at most two sizes: whole batches and the last one. Each program is traced and compiled when it is first needed. */
    private TrainingStep programFor(int rows, boolean last) {
        int position = (rows == batchRows ? 0 : 2) + (last ? 1 : 0);
        if (programs[position] == null) {
            programs[position] = new TrainingStep(plan, variables, batch, rows, backend, accumulation, last);
        }
        return programs[position];
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) * 1e-9;
    }
}
