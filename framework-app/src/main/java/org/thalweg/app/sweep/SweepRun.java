package org.thalweg.app.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.thalweg.api.data.DataException;
import org.thalweg.api.training.StopReason;
import org.thalweg.api.training.TrainingListener;
import org.thalweg.app.config.ConfigurationReader;
import org.thalweg.app.config.LoadedConfiguration;
import org.thalweg.app.run.RunFolder;
import org.thalweg.app.run.StoredRun;
import org.thalweg.app.run.Trainer;
import org.thalweg.app.sweep.TrialResult.Status;

/** Runs the trials of a plan, round by round, and keeps what is known of them in the sweep's folder, so that a sweep that was stopped goes on. */
public final class SweepRun {
    private final SweepPlan plan;
    private final SweepFolder folder;
    private final Trainer trainer;
    private final Consumer<String> progress;
    private final BooleanSupplier cancelled;
    private final Map<Integer, TrialResult> results = new HashMap<>();

    /**
     * A run of a plan.
     *
     * @param trainer trains one trial; several at a time where the plan says so
     * @param progress is told a line for each trial that ends
     * @param cancelled asked again and again; trials then end after their current step
     */
    public SweepRun(SweepPlan plan, SweepFolder folder, Trainer trainer, Consumer<String> progress, BooleanSupplier cancelled) throws IOException {
        this.plan = plan;
        this.folder = folder;
        this.trainer = trainer;
        this.progress = progress;
        this.cancelled = cancelled;
        folder.results().forEach(result -> results.put(result.number(), result));
    }

    /** All results, the best first: those with more epochs before those with fewer. Incomplete where it was cancelled. */
    public List<TrialResult> run() throws IOException {
        List<Trial> taking = plan.trials();
        for (Search.Round round : plan.rounds()) {
            taking = taking.stream().limit(round.trials()).toList();
            trainAll(taking, round.epochs());
            if (cancelled.getAsBoolean()) {
                break;
            }
            taking = taking.stream()
                    .filter(trial -> results.get(trial.number()).status() == Status.DONE)
                    .sorted(Comparator.comparing((Trial trial) -> results.get(trial.number()), plan.bestFirst()))
                    .toList();
        }
        return sorted();
    }

    private void trainAll(List<Trial> trials, int epochs) throws IOException {
        List<Trial> missing = trials.stream().filter(trial -> !results.containsKey(trial.number()) || isShort(results.get(trial.number()), epochs)).toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(plan.sweep().parallel())) {
            List<Future<?>> running = new ArrayList<>();
            for (Trial trial : missing) {
                running.add(threads.submit(() -> {
                    if (!cancelled.getAsBoolean()) {
                        train(trial, epochs);
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failure -> throw failure;
                case UncheckedIOException failure -> throw failure.getCause();
                default -> throw new IllegalStateException(e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isShort(TrialResult result, int epochs) {
        return result.status() == Status.DONE && result.epochs() < epochs;
    }

    private void train(Trial trial, int epochs) throws IOException {
        Ending ending = new Ending();
        TrialResult result;
        try {
            StopReason reason = train(trial, epochs, ending);
            if (reason.kind() == StopReason.Kind.CANCELLED) {
                return;
            }
            Double value = ending.metrics.get(plan.sweep().metric());
            boolean diverged = reason.kind() == StopReason.Kind.DIVERGED;
            result = new TrialResult(trial.number(), diverged ? Status.DIVERGED : Status.DONE, epochs, diverged || value == null ? Double.NaN : value,
                    seconds(trial) + ending.seconds, reason.message());
        } catch (RuntimeException | LinkageError | OutOfMemoryError failure) {
            // A trial that cannot be trained is a result; the others go on.
            String sentence = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
            result = new TrialResult(trial.number(), Status.FAILED, epochs, Double.NaN, seconds(trial) + ending.seconds, sentence);
        }
        keep(trial, result);
    }

    private StopReason train(Trial trial, int epochs, TrainingListener listener) throws IOException {
        Path path = folder.trial(trial.number());
        List<String> more = List.of("training.epochs=" + epochs);
        if (Files.exists(path.resolve("state.safetensors"))) {
            try {
                return trainer.resume(StoredRun.read(path, more, Map.of(), plan.plugins()), List.of(listener), cancelled);
            } catch (DataException unusable) {
                // It was cut off at an unlucky moment: from the beginning.
            }
        }
        empty(path);
        List<String> overrides = new ArrayList<>(plan.overrides(trial));
        overrides.addAll(more);
        LoadedConfiguration configuration = ConfigurationReader.read(plan.pipeline(), overrides, plan.environment(), plan.plugins());
        return trainer.train(configuration, RunFolder.at(path), List.of(listener), cancelled);
    }

    private synchronized double seconds(Trial trial) {
        return results.containsKey(trial.number()) ? results.get(trial.number()).seconds() : 0;
    }

    private synchronized void keep(Trial trial, TrialResult result) throws IOException {
        results.put(trial.number(), result);
        folder.write(plan, sorted());
        String what = result.status() == Status.DONE
                ? plan.sweep().metric() + " " + SweepFolder.number(result.value())
                : result.status().name().toLowerCase(Locale.ROOT) + ": " + result.message();
        progress.accept("trial " + trial.number() + "/" + plan.trials().size() + ", " + result.epochs() + " epochs: " + what + "  (" + trial + ")");
    }

    private synchronized List<TrialResult> sorted() {
        return results.values().stream().sorted(plan.bestFirst()).toList();
    }

    /** The files of a trial that was cut off. */
    private static void empty(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            try (Stream<Path> files = Files.list(path)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Remembers how a run ended. */
    private static final class Ending implements TrainingListener {
        private Map<String, Double> metrics = new LinkedHashMap<>();
        private double seconds;

        @Override
        public void runEnded(RunEnded event) {
            metrics = event.metrics();
            seconds = event.seconds();
        }
    }
}
