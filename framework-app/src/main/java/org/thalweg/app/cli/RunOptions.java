package org.thalweg.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.thalweg.app.plugin.PluginRegistry;
import org.thalweg.app.run.StoredRun;
import org.thalweg.app.run.StoredRun.WeightsChoice;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The folder that a run left behind, and which of its weights to use. */
final class RunOptions {
    @Parameters(paramLabel = "RUN", description = "A run folder, as runs/iris-20260101-120000.")
    private Path folder;

    @Option(
            names = "--weights",
            paramLabel = "best|last",
            defaultValue = "best",
            description = "Those of the best epoch, or those after the last step; default ${DEFAULT-VALUE}.")
    private WeightsChoice weights;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Change a setting of the run's configuration, as in data.batchSize=1000; may be given again and again.")
    private List<String> overrides = new ArrayList<>();

    Path folder() {
        return folder;
    }

    WeightsChoice weights() {
        return weights;
    }

    StoredRun read(Console console, PluginRegistry plugins) throws IOException {
        return StoredRun.read(folder, overrides, console.environment(), plugins);
    }
}
