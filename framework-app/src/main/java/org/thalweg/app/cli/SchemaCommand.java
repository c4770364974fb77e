package org.thalweg.app.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.thalweg.app.config.ConfigurationSchema;
import org.thalweg.app.plugin.PluginSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Prints the schema of configurations. */
@Command(
        name = "schema",
        description = "Prints a JSON Schema (draft 2020-12) of configurations with every setting of every plugin, so that editors complete and check them.",
        footer = {
            "",
            "Examples:",
            "  thalweg schema > thalweg.schema.json",
            "  thalweg schema --plugins my-plugins > thalweg.schema.json",
            "",
            "An editor with a YAML language server uses it where the first line of a configuration is",
            "  # yaml-language-server: $schema=thalweg.schema.json",
            "",
            "'thalweg validate' checks more: what depends on several settings."
        })
final class SchemaCommand implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Console console;

    @Mixin
    private final PluginOptions plugins = new PluginOptions();

    SchemaCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        try (PluginSet loaded = plugins.load(console)) {
            console.out().println(JSON.writeValueAsString(ConfigurationSchema.of(loaded.registry())));
            return ExitCode.DONE;
        }
    }
}
