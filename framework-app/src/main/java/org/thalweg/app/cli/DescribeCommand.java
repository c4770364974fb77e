package org.thalweg.app.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.Setting;
import org.thalweg.api.settings.Suggestion;
import org.thalweg.app.plugin.PluginKind;
import org.thalweg.app.plugin.PluginSet;
import org.thalweg.app.plugin.Registration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Describes what can be named in a configuration. */
@Command(
        name = "describe",
        description = "Describes an optimizer, a layer, a loss ... with its settings; without a name, lists the names of the kind.",
        footer = {"", "Examples:", "  thalweg describe optimizer adam", "  thalweg describe layer"})
final class DescribeCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "KIND", description = "As optimizer, layer, loss, schedule, metric, data-source.")
    private String kind;

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "As adam.")
    private String name;

    @Mixin
    private final PluginOptions plugins = new PluginOptions();

    @Spec
    private CommandSpec spec;

    DescribeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        List<String> labels = Arrays.stream(PluginKind.values()).map(PluginKind::label).toList();
        int index = labels.indexOf(kind);
        if (index < 0) {
            throw new ParameterException(spec.commandLine(), "no kind is called '" + kind + "'; " + Suggestion.forName(kind, labels));
        }
        PluginKind chosen = PluginKind.values()[index];
        try (PluginSet loaded = plugins.load(console)) {
            if (name == null) {
                loaded.registry().registrations(chosen).forEach(registration -> console.out().println(registration.name()));
                return ExitCode.DONE;
            }
            Registration registration = loaded.registry().find(chosen, name)
                    .orElseThrow(() -> new ParameterException(spec.commandLine(), loaded.registry().unknown(chosen, name)));
            describe(registration);
            return ExitCode.DONE;
        }
    }

    private void describe(Registration registration) {
        console.out().println(registration.kind().label() + " " + registration.name() + ", from plugin '" + registration.plugin() + "' ("
                + registration.origin() + ")");
        Description description = registration.settings().getAnnotation(Description.class);
        if (description != null) {
            console.out().println("  " + description.value());
        }
        Guide guide = registration.settings().getAnnotation(Guide.class);
        if (guide != null) {
            console.out().println();
            GuideText.lines(guide).forEach(line -> console.out().println("  " + line));
        }
        List<Setting> settings = Setting.of(registration.settings());
        console.out().println(settings.isEmpty() ? "  It has no settings." : "");
        for (Setting setting : settings) {
            console.out().println("  " + setting.name() + ": " + SettingText.of(setting));
            if (!setting.description().isEmpty()) {
                console.out().println("      " + setting.description());
            }
        }
        if (registration.kind() == PluginKind.OPTIMIZER) {
            console.out().println("  groups: list, optional; in a run's own optimizer");
            console.out().println("      Other settings for some parameters, or none: [{parameters: \"*.bias\", learningRate: 0.01}, {parameters: \"0.*\", frozen: true}].");
        }
    }
}
