package org.thalweg.app.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.thalweg.api.data.DataContext;
import org.thalweg.api.settings.References;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.settings.SettingsProblem;
import org.thalweg.app.plugin.PluginRegistry;

/** Reads configurations: YAML, then overrides, then settings, collecting all problems on the way. */
public final class ConfigurationReader {
    private static final SettingsFile<RunConfiguration> RUN =
            new SettingsFile<>(RunConfiguration.class, "a run", "data, model, loss, optimizer and training");

    private final List<ConfigurationProblem> problems = new ArrayList<>();
    private ConfigurationTree tree;

    private ConfigurationReader() {}

    /**
     * Reads the configuration of a run.
     *
     * @param file YAML, which may include further files
     * @param overrides as {@code optimizer.learningRate=0.01}, applied in order
     * @param environment what {@code ${NAME}} stands for
     * @param plugins what can be named
     * @throws ConfigurationException with everything that is wrong
     */
    public static LoadedConfiguration read(Path file, List<String> overrides, Map<String, String> environment, PluginRegistry plugins) {
        ConfigurationReader reader = new ConfigurationReader();
        RunConfiguration run = reader.bind(RUN, file, overrides, new Substitution(environment), new RunReferences(plugins));
        if (run != null) {
            RunChecks.check(run, reader::located);
        }
        LoadedSettings<RunConfiguration> loaded = reader.loaded(run, file);
        return new LoadedConfiguration(run, new DataContext(loaded.folder()), loaded.tree(), loaded.written(), loaded.places());
    }

    /**
     * Reads a file of another kind, as strictly.
     *
     * @param form what the file holds
     * @param references what can be named in it
     * @throws ConfigurationException with everything that is wrong
     */
    public static <S extends Record> LoadedSettings<S> read(
            SettingsFile<S> form, Path file, List<String> overrides, Map<String, String> environment, References references) {
        ConfigurationReader reader = new ConfigurationReader();
        return reader.loaded(reader.bind(form, file, overrides, new Substitution(environment), references), file);
    }

    private <S extends Record> LoadedSettings<S> loaded(S settings, Path file) {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return new LoadedSettings<>(settings, file.toAbsolutePath().getParent(), Collections.unmodifiableMap(tree.root()), tree.withVariables(),
                tree::valueAt);
    }

    private <S extends Record> S bind(SettingsFile<S> form, Path path, List<String> overrides, Substitution substitution, References references) {
        ConfigurationFiles files = new ConfigurationFiles(form, substitution, problems::add);
        tree = files.read(path);
        if (tree.root().isEmpty() || !files.isComplete()) {
            // Without a tree every setting would be reported as missing, which says nothing about the mistake.
            return null;
        }
        Overrides changes = new Overrides(tree, substitution, problems::add);
        overrides.forEach(changes::apply);
        tree.root().putIfAbsent("name", nameOf(path));
        return Settings.bind(form.record(), tree.root(), "", references, this::located);
    }

    private void located(SettingsProblem problem) {
        if (problems.stream().anyMatch(known -> known.path().equals(problem.path()) && known.message().startsWith(Substitution.NOT_SET))) {
            // Without its variable the value is bound to be wrong.
            return;
        }
        // An unknown setting is wrong by its name, everything else by its value.
        boolean unknown = problem.message().startsWith("unknown setting");
        Place place = unknown ? tree.keyAt(problem.path()) : tree.valueAt(problem.path());
        problems.add(new ConfigurationProblem(place, problem.path(), problem.message()));
    }

    private static String nameOf(Path path) {
        return path.getFileName().toString().replaceFirst("\\.ya?ml$", "");
    }
}
