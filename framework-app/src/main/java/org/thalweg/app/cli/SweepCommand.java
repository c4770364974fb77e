package org.thalweg.app.cli;

import com.google.inject.Guice;
import com.google.inject.Module;
import com.google.inject.util.Modules;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.thalweg.app.plugin.PluginSet;
import org.thalweg.app.run.FrameworkModule;
import org.thalweg.app.run.Trainer;
import org.thalweg.app.sweep.SweepFolder;
import org.thalweg.app.sweep.SweepPlan;
import org.thalweg.app.sweep.SweepRun;
import org.thalweg.app.sweep.TrialResult;
import org.thalweg.app.sweep.TrialResult.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a pipeline with different settings. */
@Command(
        name = "sweep",
        description = "Trains a pipeline again and again with different settings, and tells which were best. Ctrl-C ends it cleanly; --resume goes on.",
        footer = {
            "",
            "Examples:",
            "  thalweg sweep framework-app/examples/sweep-iris.yaml",
            "  thalweg sweep rates.yaml --set parallel=2 --set search={type: random, trials: 10}",
            "  thalweg sweep --resume sweeps/rates-20260101-120000",
            "",
            "A sweep names a pipeline, the settings to vary, how to search, and the metric that decides:",
            "  pipeline: iris.yaml",
            "  vary: {optimizer.learningRate: {from: 1e-3, to: 1, scale: log}, 'model[0].units': [8, 16, 32]}",
            "  search: {type: successive-halving, trials: 27, factor: 3}    # or grid, or {type: random, trials: 20}",
            "  metric: test.accuracy"
        })
final class SweepCommand implements Callable<Integer> {
    private static final Path SWEEPS = Path.of("sweeps");

    private final Console console;
    private final List<Module> bindings;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The sweep: a YAML file.")
    private Path file;

    @Option(names = "--set", paramLabel = "PATH=VALUE", description = "Change a setting of the sweep, as in parallel=2; may be given again and again.")
    private List<String> overrides = new ArrayList<>();

    @Option(names = "--resume", paramLabel = "SWEEP", description = "Instead of FILE: go on with the sweep of this folder; trials that are done are not run again.")
    private Path resume;

    @Option(names = "--output", paramLabel = "DIR", description = "Where results go: a folder that is empty or not there yet. If not given: sweeps/NAME-DATE-TIME.")
    private Path output;

    @Mixin
    private final PluginOptions plugins = new PluginOptions();

    @Spec
    private CommandSpec spec;

    SweepCommand(Console console, Module... bindings) {
        this.console = console;
        this.bindings = List.of(bindings);
    }

    @Override
    public Integer call() throws IOException {
        if ((file == null) == (resume == null)) {
            throw new ParameterException(spec.commandLine(),
                    file == null ? "Missing required parameter: 'FILE'" : "--resume takes the sweep from its folder: leave out FILE");
        }
        if (resume != null && output != null) {
            throw new ParameterException(spec.commandLine(), "--resume goes on in its folder: leave out --output");
        }
        try (PluginSet loaded = plugins.load(console);
                CancelOnShutdown end = new CancelOnShutdown()) {
            Trainer trainer = Guice.createInjector(FrameworkModule.strict(), new FrameworkModule(loaded.registry()), Modules.combine(bindings))
                    .getInstance(Trainer.class);
            Path source = resume == null ? file : SweepFolder.of(resume).configuration();
            SweepPlan plan = SweepPlan.read(source, overrides, console.environment(), loaded.registry());
            SweepFolder folder = resume == null ? SweepFolder.create(plan, output, SWEEPS, LocalDateTime.now()) : SweepFolder.of(resume);
            console.out().println(plan.sweep().name() + ": " + plan.trials().size() + " trials, " + (plan.maximise() ? "the largest " : "the smallest ")
                    + plan.sweep().metric());
            List<TrialResult> results = new SweepRun(plan, folder, trainer, console.out()::println, end::requested).run();
            print(plan, results);
            console.out().println("sweep folder: " + folder.folder().path());
            if (end.requested()) {
                console.out().println("interrupted: go on with thalweg sweep --resume " + folder.folder().path());
                return ExitCode.INTERRUPTED;
            }
            return best(plan, results);
        }
    }

    private void print(SweepPlan plan, List<TrialResult> results) {
        if (results.isEmpty()) {
            return;
        }
        console.out().println();
        List<String> head = new ArrayList<>(List.of("trial", "epochs", plan.sweep().metric(), "seconds"));
        head.addAll(plan.sweep().vary().keySet());
        TextTable table = new TextTable(0).row(head.toArray(String[]::new));
        for (TrialResult result : results) {
            String value = result.status() == Status.DONE ? SweepFolder.number(result.value()) : result.status().name().toLowerCase(Locale.ROOT);
            String seconds = String.format(Locale.ROOT, "%.1f", result.seconds());
            List<String> row = new ArrayList<>(List.of(Integer.toString(result.number()), Integer.toString(result.epochs()), value, seconds));
            plan.trials().get(result.number() - 1).values().values().forEach(setting -> row.add(String.valueOf(setting)));
            table.row(row.toArray(String[]::new));
        }
        table.lines().forEach(console.out()::println);
        console.out().println();
    }

    private int best(SweepPlan plan, List<TrialResult> results) {
        TrialResult best = results.getFirst();
        if (best.status() != Status.DONE) {
            console.err().println("no trial could be trained: " + best.message());
            return ExitCode.FAILED;
        }
        console.out().println("best " + plan.sweep().metric() + ": " + SweepFolder.number(best.value()) + " with " + plan.trials().get(best.number() - 1));
        return ExitCode.DONE;
    }
}
