package org.thalweg.app.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.thalweg.api.settings.Settings;
import org.thalweg.app.plugin.PluginSet;
import org.thalweg.app.run.RunEvaluation;
import org.thalweg.app.run.StoredRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Judges a trained model. */
@Command(
        name = "evaluate",
        description = "Judges a trained model: reads the data of its run again, splits it as the run did, and prints the loss and the metrics.",
        footer = {
            "",
            "Examples:",
            "  thalweg evaluate runs/iris-20260101-120000",
            "  thalweg evaluate runs/iris-20260101-120000 --data validation --weights last",
            "  thalweg evaluate runs/iris-20260101-120000 --set metrics=[accuracy,perplexity]",
            "",
            "Data files are looked for where they were in training; a line warns where they have changed since. Layers such as dropout behave as in use, not as in training.",
            "",
            "Exit codes: 0 done, 2 input wrong."
        })
final class EvaluateCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final RunOptions run = new RunOptions();

    @Mixin
    private final PluginOptions plugins = new PluginOptions();

    @Option(
            names = "--data",
            paramLabel = "test|validation|train",
            description = "Which part of the run's data; the first of these that it has, if not given.")
    private RunEvaluation.Part part;

    EvaluateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        try (PluginSet loaded = plugins.load(console)) {
            StoredRun stored = run.read(console, loaded.registry());
            RunEvaluation judged = RunEvaluation.of(stored, Optional.ofNullable(part), run.weights());
            judged.changes().forEach(change -> console.err().println("warning: " + change));
            console.out().println(stored.configuration().run().name() + ", " + Settings.kebab(run.weights()) + " weights, " + Settings.kebab(judged.part())
                    + " data: " + judged.rows() + (judged.rows() == 1 ? " row" : " rows"));
            judged.metrics().forEach((name, value) -> console.out().println(name.replaceFirst("\\.", " ") + ": " + Figures.number(value)));
            return ExitCode.DONE;
        }
    }
}
