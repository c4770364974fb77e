package org.thalweg.app.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.thalweg.app.plugin.PluginKind;
import org.thalweg.app.plugin.PluginSet;
import org.thalweg.app.plugin.Registration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists plugins. */
@Command(
        name = "plugins",
        description = "Lists the plugins and what each of them offers.",
        footer = {"", "Example:", "  thalweg plugins --plugins my-plugins", "", "Exit code 2 means that a plugin is broken."})
final class PluginsCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final PluginOptions plugins = new PluginOptions();

    PluginsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        try (PluginSet loaded = plugins.load(console)) {
            if (loaded.registry().plugins().isEmpty()) {
                console.out().println("no plugins");
            }
            loaded.registry().plugins().forEach((id, plugin) -> {
                console.out().println(id + " (" + plugin.origin() + ")");
                Arrays.stream(PluginKind.values()).forEach(kind -> print(loaded, id, kind));
            });
            return loaded.problems().isEmpty() ? ExitCode.DONE : ExitCode.WRONG_INPUT;
        }
    }

    private void print(PluginSet loaded, String plugin, PluginKind kind) {
        String names = loaded.registry().registrations(kind).stream()
                .filter(registration -> registration.plugin().equals(plugin))
                .map(Registration::name)
                .collect(Collectors.joining(", "));
        if (!names.isEmpty()) {
            console.out().println("  " + kind.label() + ": " + names);
        }
    }
}
