package org.thalweg.app.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.thalweg.app.plugin.PluginSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Checks a configuration. */
@Command(
        name = "validate",
        description = "Checks a configuration and reports everything that is wrong with it, before any data is read.",
        footer = {"", "Example:", "  thalweg validate iris.yaml --set training.epochs=5"})
final class ValidateCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final ConfigurationOptions configuration = new ConfigurationOptions();

    @Mixin
    private final PluginOptions plugins = new PluginOptions();

    ValidateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        try (PluginSet loaded = plugins.load(console)) {
            configuration.read(console, loaded.registry());
            console.out().println(configuration.file() + " is valid");
            return ExitCode.DONE;
        }
    }
}
