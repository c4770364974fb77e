package org.thalweg.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.thalweg.app.config.ConfigurationReader;
import org.thalweg.app.config.LoadedConfiguration;
import org.thalweg.app.plugin.PluginRegistry;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The file that describes a run, and changes to it. */
final class ConfigurationOptions {
    @Parameters(paramLabel = "FILE", description = "The configuration: a YAML file.")
    private Path file;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Change a setting, as in optimizer.learningRate=0.01 or model[1].units=64; may be given again and again.")
    private List<String> overrides = new ArrayList<>();

    Path file() {
        return file;
    }

    LoadedConfiguration read(Console console, PluginRegistry plugins) {
        return ConfigurationReader.read(file, overrides, console.environment(), plugins);
    }
}
