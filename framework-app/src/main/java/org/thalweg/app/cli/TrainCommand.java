package org.thalweg.app.cli;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.util.Modules;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.concurrent.Callable;
import org.thalweg.api.training.StopReason;
import org.thalweg.app.config.LoadedConfiguration;
import org.thalweg.app.config.NamedMetric;
import org.thalweg.app.plugin.PluginSet;
import org.thalweg.app.run.FrameworkModule;
import org.thalweg.app.run.RunFolder;
import org.thalweg.app.run.Trainer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

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
            "",
            "The last line is the result, as in 'test accuracy: 0.9750'. The run folder holds the configuration, the manifest, the metrics and the weights."
        })
final class TrainCommand implements Callable<Integer> {
    private static final Path RUNS = Path.of("runs");

    private final Console console;
    private final List<Module> bindings;

    @ParentCommand
    private Thalweg thalweg;

    @Mixin
    private final ConfigurationOptions configuration = new ConfigurationOptions();

    @Mixin
    private final PluginOptions plugins = new PluginOptions();

    @Option(
            names = "--run-folder",
            paramLabel = "DIR",
            description = "Where results go: a folder that is empty or not there yet. If not given: runs/NAME-DATE-TIME.")
    private Path folder;

    TrainCommand(Console console, Module... bindings) {
        this.console = console;
        this.bindings = List.of(bindings);
    }

    @Override
    public Integer call() throws IOException {
        try (PluginSet loaded = plugins.load(console);
                CancelOnShutdown end = new CancelOnShutdown()) {
            LoadedConfiguration run = configuration.read(console, loaded.registry());
            Injector injector = Guice.createInjector(
                    FrameworkModule.strict(), new FrameworkModule(loaded.registry()), Modules.combine(bindings));
            RunFolder results = folder == null ? RunFolder.create(RUNS, run.run().name(), LocalDateTime.now()) : RunFolder.at(folder);
            try {
                return train(injector.getInstance(Trainer.class), run, results, end);
            } finally {
                results.removeIfEmpty();
            }
        }
    }

    private int train(Trainer trainer, LoadedConfiguration run, RunFolder results, CancelOnShutdown end) {
        StopReason reason;
        List<String> metrics = run.run().metrics().stream().map(NamedMetric::name).toList();
        ConsoleListener listener = new ConsoleListener(console, metrics);
        try (listener) {
            reason = trainer.train(run, results, List.of(listener), end::requested);
        } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError | StackOverflowError failure) {
            return failed(failure);
        }
        if (reason.kind() == StopReason.Kind.DIVERGED) {
            console.err().println("training failed: " + reason.message());
            return ExitCode.FAILED;
        }
        console.out().println(reason.message());
        console.out().println("run folder: " + results.path());
        listener.result().ifPresent(console.out()::println);
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
