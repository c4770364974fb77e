package org.thalweg.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.thalweg.app.compare.ComparisonRun;
import org.thalweg.app.plugin.PluginSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares optimizers. */
@Command(
        name = "compare",
        description = "Draws how optimizers go down surfaces and train models: one page for a browser, and every chart as PNG and SVG.",
        footer = {
            "",
            "Examples:",
            "  thalweg compare framework-app/examples/compare-optimizers.yaml",
            "  thalweg compare optimizers.yaml --output lecture --set surfaces[0].steps=50",
            "",
            "A comparison names surfaces, as 'rosenbrock', {type: formula, formula: \"x^2+y^4\"} or the loss of a model, where all begin, and who takes part."
        })
final class CompareCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "FILE", description = "The comparison: a YAML file.")
    private Path file;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Change a setting, as in surfaces[0].steps=50; may be given again and again.")
    private List<String> overrides = new ArrayList<>();

    @Option(names = "--output", paramLabel = "DIR", description = "Where the page and the pictures go; if not given: compare-NAME. Files of the same names are replaced.")
    private Path output;

    @Mixin
    private final PluginOptions plugins = new PluginOptions();

    CompareCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        try (PluginSet loaded = plugins.load(console);
                CancelOnShutdown end = new CancelOnShutdown()) {
            ComparisonRun comparison = ComparisonRun.read(file, overrides, console.environment(), loaded.registry());
            Path folder = output == null ? Path.of("compare-" + comparison.name().replaceAll("[^A-Za-z0-9._-]+", "-")) : output;
            Optional<Path> page = comparison.run(folder, console.out()::println, end::requested);
            page.ifPresent(path -> console.out().println("page: " + path));
            return page.isPresent() ? ExitCode.DONE : ExitCode.INTERRUPTED;
        }
    }
}
