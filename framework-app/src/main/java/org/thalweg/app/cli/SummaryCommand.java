package org.thalweg.app.cli;

import java.io.IOException;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.thalweg.app.config.LoadedConfiguration;
import org.thalweg.app.pipeline.ModelSummary;
import org.thalweg.app.pipeline.ModelSummary.LayerSummary;
import org.thalweg.app.pipeline.ModelSummary.Memory;
import org.thalweg.app.plugin.PluginSet;
import org.thalweg.app.run.RunSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows a model. */
@Command(
        name = "summary",
        description = "Shows the layers of a model with the shapes of their outputs, their parameters and multiply-adds, and the memory that a batch takes."
                + " Opens the data, but trains nothing.",
        footer = {
            "",
            "Examples:",
            "  thalweg summary iris.yaml",
            "  thalweg summary iris.yaml --batch 1024 --set model[0].units=64",
            "",
            "A layer stands before those inside it, with what it has and does itself. Multiply-adds are those of matrix products (convolutions"
                    + " among them), forwards, for the whole batch; a step of training needs about three times as many."
        })
final class SummaryCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final ConfigurationOptions configuration = new ConfigurationOptions();

    @Mixin
    private final PluginOptions plugins = new PluginOptions();

    @Option(names = "--batch", paramLabel = "N", description = "Rows of the batch; data.batchSize if not given.")
    private Integer batch;

    @Spec
    private CommandSpec spec;

    SummaryCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (batch != null && batch < 1) {
            throw new ParameterException(spec.commandLine(), "--batch must be at least 1, but is " + batch);
        }
        try (PluginSet loaded = plugins.load(console)) {
            LoadedConfiguration run = configuration.read(console, loaded.registry());
            print(run.run().name(), RunSummary.of(run, batch == null ? OptionalInt.empty() : OptionalInt.of(batch)));
            return ExitCode.DONE;
        }
    }

    private void print(String name, ModelSummary summary) {
        console.out().println(name + ": a batch of " + summary.rows() + (summary.rows() == 1 ? " row" : " rows") + ", input " + summary.input());
        console.out().println();
        TextTable table = new TextTable(3).row("layer", "kind", "output", "parameters", "multiply-adds");
        for (LayerSummary layer : summary.layers()) {
            table.row(layer.path().isEmpty() ? "model" : layer.path(), layer.kind(), layer.output().toString(), count(layer.parameters()),
                    count(layer.multiplyAdds()));
        }
        table.row("total", "", "", count(summary.parameters()), count(summary.multiplyAdds()));
        table.lines().forEach(console.out()::println);
        console.out().println();
        Memory memory = summary.memory();
        console.out().println("memory in training: " + bytes(memory.total()) + " at least (weights " + bytes(memory.weights()) + ", gradients "
                + bytes(memory.gradients()) + ", optimizer " + bytes(memory.optimizer()) + ", batch " + bytes(memory.batch())
                + ", outputs of the layers " + bytes(memory.outputs()) + ")");
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String bytes(long bytes) {
        double amount = bytes;
        for (String unit : new String[] {"B", "kB", "MB"}) {
            if (amount < 1000) {
                return String.format(Locale.ROOT, unit.equals("B") ? "%.0f %s" : "%.1f %s", amount, unit);
            }
            amount /= 1000;
        }
        return String.format(Locale.ROOT, "%.1f GB", amount);
    }
}
