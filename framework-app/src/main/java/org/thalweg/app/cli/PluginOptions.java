package org.thalweg.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.thalweg.app.plugin.PluginLoader;
import org.thalweg.app.plugin.PluginSet;
import picocli.CommandLine.Option;

/** The options that say which plugins there are. */
final class PluginOptions {
    @Option(
            names = "--plugins",
            paramLabel = "PATH",
            description = "A folder that holds a folder, or a jar, for each further plugin; or the jar of one. The environment variable THALWEG_PLUGINS does the same.")
    private Path folder;

    /** Loads the plugins and warns of those that are broken. */
    PluginSet load(Console console) throws IOException {
        String variable = console.environment().getOrDefault("THALWEG_PLUGINS", "");
        Optional<Path> chosen = Optional.ofNullable(folder).or(() -> variable.isEmpty() ? Optional.empty() : Optional.of(Path.of(variable)));
        PluginSet plugins = PluginLoader.load(PluginOptions.class.getClassLoader(), chosen);
        plugins.problems().forEach(problem -> console.err().println("warning: " + problem));
        return plugins;
    }
}
