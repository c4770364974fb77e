package org.thalweg.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.thalweg.app.conformance.CaseResult;
import org.thalweg.app.conformance.CaseResult.Verdict;
import org.thalweg.app.conformance.Conformance;
import org.thalweg.app.plugin.PluginSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares plugins with vectors computed elsewhere. */
@Command(
        name = "conformance",
        description = "Runs cases of losses, optimizers, schedules, layers and trainings that PyTorch computed through the plugins, in double precision,"
                + " and names every number that differs.",
        footer = {"", "Example:", "  thalweg conformance losses.json --plugins my-plugins", "",
            "Exit codes: 0 every case passed, 1 a case failed or is unsupported, 2 a file is wrong."})
final class ConformanceCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "JSON files: {\"cases\": [...]}.")
    private List<Path> files;

    @Option(names = "--reference", description = "Compute with the reference evaluator instead of the compiled engine.")
    private boolean reference;

    @Mixin
    private final PluginOptions plugins = new PluginOptions();

    ConformanceCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        try (PluginSet loaded = plugins.load(console)) {
            Conformance conformance = reference ? Conformance.reference(loaded.registry()) : Conformance.compiled(loaded.registry());
            Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
            for (Path file : files) {
                conformance.run(file, result -> report(result, counts));
            }
            console.out().println(Conformance.summary(counts));
            return counts.keySet().equals(Set.of(Verdict.PASSED)) ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private void report(CaseResult result, Map<Verdict, Integer> counts) {
        counts.merge(result.verdict(), 1, Integer::sum);
        if (result.verdict() != Verdict.PASSED) {
            console.out().println(result);
        }
    }
}
