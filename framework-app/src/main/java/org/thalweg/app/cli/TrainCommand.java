package org.thalweg.app.cli;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.util.Modules;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.thalweg.api.training.StopReason;
import org.thalweg.app.config.ConfigurationReader;
import org.thalweg.app.config.LoadedConfiguration;
import org.thalweg.app.config.NamedMetric;
import org.thalweg.app.plugin.PluginSet;
import org.thalweg.app.run.FrameworkModule;
import org.thalweg.app.run.RunFolder;
import org.thalweg.app.run.StoredRun;
import org.thalweg.app.run.Trainer;
import org.thalweg.autodiff.compile.CpuBackend;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Trains. */
@Command(
        name = "train",
        description = "Trains the model that a configuration describes. Ctrl-C ends the run cleanly after the step it is in.",
        footer = {
            "",
            "Examples:",
            "  thalweg train iris.yaml",
            "  thalweg train iris.yaml --set training.epochs=5 --set model[1].units=64",
            "  thalweg train iris.yaml --run-folder experiments/first",
            "  thalweg train iris.yaml --profile",
            "  thalweg train iris.yaml --folds 5",
            "  thalweg train --resume runs/iris-20260101-120000 --set training.epochs=100",
            "  thalweg train iris.yaml --find-learning-rate",
            "",
            "The last line is the result, as in 'test accuracy: 0.9750'. The run folder holds the configuration, the manifest, the metrics (metrics.jsonl,"
                    + " and metrics.csv for a spreadsheet), a report, and the weights of the best epoch and of the last (best.safetensors,"
                    + " last.safetensors); evaluate and predict take the best unless told otherwise.",
            "",
            "Environment variables that the configuration names are not written into the run folder: --resume, evaluate and predict ask for them again."
        })
final class TrainCommand implements Callable<Integer> {
    private static final Path RUNS = Path.of("runs");

    private final Console console;
    private final Profiling profiling = new Profiling();
    private final List<Module> bindings;

    @ParentCommand
    private Thalweg thalweg;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The configuration: a YAML file.")
    private Path file;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Change a setting, as in optimizer.learningRate=0.01 or model[1].units=64; may be given again and again.")
    private List<String> overrides = new ArrayList<>();

    @Option(
            names = "--resume",
            paramLabel = "RUN",
            description = "Instead of FILE: go on with the run of this folder after its last finished epoch, as if it had never stopped.")
    private Path resume;

    @Option(
            names = "--folds",
            paramLabel = "K",
            description = "Cross-validation: train K times, each time with another fold of the data as test data, and print the mean and the standard"
                    + " deviation of the results.")
    private Integer folds;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final PluginOptions plugins = new PluginOptions();

    @Option(
            names = "--run-folder",
            paramLabel = "DIR",
            description = "Where results go: a folder that is empty or not there yet. If not given: runs/NAME-DATE-TIME.")
    private Path folder;

    @Option(
            names = "--profile",
            description = "Tell at the end where the time of a step went: each matrix product and loop, with what it reaches of the machine's peak.")
    private boolean profile;

    @Mixin
    private final LearningRateOptions learningRates = new LearningRateOptions();

    TrainCommand(Console console, Module... bindings) {
        this.console = console;
        this.bindings = List.of(bindings);
    }

    @Override
    public Integer call() throws IOException {
        requireOneRun();
        CpuBackend.warmUp();
        try (PluginSet loaded = plugins.load(console);
                CancelOnShutdown end = new CancelOnShutdown()) {
            Injector injector = Guice.createInjector(FrameworkModule.strict(),
                    new FrameworkModule(loaded.registry(), profile ? profiling::backend : CpuBackend::new), Modules.combine(bindings));
            Trainer trainer = injector.getInstance(Trainer.class);
            if (resume != null) {
                StoredRun stored = StoredRun.read(resume, overrides, console.environment(), loaded.registry());
                return train(stored.configuration(), stored.folder(), listener -> trainer.resume(stored, List.of(listener), end::requested));
            }
            LoadedConfiguration run = ConfigurationReader.read(file, overrides, console.environment(), loaded.registry());
            if (learningRates.asked()) {
                return learningRates.search(console, run, folder, end::requested);
            }
            CrossValidation validation = folds == null ? null : new CrossValidation(folds, run, file, overrides, console.environment(), loaded.registry());
            RunFolder results = folder == null ? RunFolder.create(RUNS, run.run().name(), LocalDateTime.now()) : RunFolder.at(folder);
            try {
                if (validation != null) {
                    return validation.run(results, console, (fold, part) -> train(fold, part, listener -> trainer.train(fold, part, List.of(listener),
                            end::requested), validation::add));
                }
                return train(run, results, listener -> trainer.train(run, results, List.of(listener), end::requested));
            } finally {
                results.removeIfEmpty();
            }
        }
    }

    private void requireOneRun() {
        if (file == null && resume == null) {
            throw new ParameterException(spec.commandLine(), "Missing required parameter: 'FILE'");
        }
        if (resume != null && (file != null || folder != null || folds != null)) {
            throw new ParameterException(spec.commandLine(), "--resume takes configuration and folder from the run: leave out "
                    + (file != null ? "FILE" : folder != null ? "--run-folder" : "--folds"));
        }
        if (folds != null && folds < 2) {
            throw new ParameterException(spec.commandLine(), "--folds must be at least 2, but is " + folds);
        }
        learningRates.require(spec.commandLine(), resume != null);
    }

    /** A training to be told of. */
    private interface Training {
        StopReason run(ConsoleListener listener) throws IOException;
    }

    private int train(LoadedConfiguration run, RunFolder results, Training training) {
        return train(run, results, training, _ -> {});
    }

    private int train(LoadedConfiguration run, RunFolder results, Training training, Consumer<ConsoleListener> ended) {
        StopReason reason;
        List<String> metrics = run.run().metrics().stream().map(NamedMetric::name).toList();
        ConsoleListener listener = new ConsoleListener(console, metrics);
        try (listener) {
            reason = training.run(listener);
        } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError | StackOverflowError failure) {
            return failed(failure);
        }
        if (reason.kind() == StopReason.Kind.DIVERGED) {
            console.out().println("run folder: " + results.path());
            console.err().println("training failed: " + reason.message());
            return ExitCode.FAILED;
        }
        if (profile) {
            profiling.print(console.out());
        }
        console.out().println(reason.message());
        console.out().println("run folder: " + results.path());
        listener.result().ifPresent(console.out()::println);
        ended.accept(listener);
        return reason.kind() == StopReason.Kind.CANCELLED ? ExitCode.INTERRUPTED : ExitCode.DONE;
    }

    private int failed(Throwable failure) {
        if (thalweg.debug) {
            failure.printStackTrace(console.err());
        }
        boolean input = Failure.isInput(failure);
        console.err().println((input ? "" : "training failed: ") + Failure.sentence(failure));
        return input ? ExitCode.WRONG_INPUT : ExitCode.FAILED;
    }
}
