package org.thalweg.app.cli;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.thalweg.app.config.LoadedConfiguration;
import org.thalweg.app.plugin.PluginSet;
import org.thalweg.app.run.RunBaseline;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Tells what a model of text must beat. */
@Command(
        name = "baseline",
        description = "Counts how often each symbol follows the few before it in the training text of a configuration, and prints how many bits a symbol of its"
                + " test text takes by these counts: what a model of the same configuration must beat.",
        footer = {
            "",
            "Examples:",
            "  thalweg baseline char-lstm.yaml",
            "  thalweg baseline char-lstm.yaml --order 3",
            "",
            "Counts of all orders are interpolated (Witten and Bell, 1991). Only symbols of the same window count as those before: longer windows"
                    + " (--set data.train.length=10000 --set data.test.length=10000) give nearly the figure of a text without windows."
        })
final class BaselineCommand implements Callable<Integer> {
    private static final int MOST = 8;

    private final Console console;

    @Mixin
    private final ConfigurationOptions configuration = new ConfigurationOptions();

    @Mixin
    private final PluginOptions plugins = new PluginOptions();

    @Option(
            names = "--order",
            paramLabel = "N",
            defaultValue = "5",
            description = "How many symbols are counted together, the predicted one among them; default ${DEFAULT-VALUE}.")
    private int order;

    @Spec
    private CommandSpec spec;

    BaselineCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (order < 1 || order > MOST) {
            throw new ParameterException(spec.commandLine(), "--order must be from 1 to " + MOST + ", but is " + order);
        }
        try (PluginSet loaded = plugins.load(console)) {
            LoadedConfiguration run = configuration.read(console, loaded.registry());
            RunBaseline baseline = RunBaseline.of(run, order);
            console.out().println(String.format(Locale.ROOT, "%s, %d-grams, %s data: %,d %s", run.run().name(), order, baseline.part(), baseline.symbols(),
                    baseline.symbols() == 1 ? "symbol" : "symbols"));
            console.out().println(baseline.part() + " bits-per-symbol: " + Figures.number(baseline.bitsPerSymbol()));
            return ExitCode.DONE;
        }
    }
}
