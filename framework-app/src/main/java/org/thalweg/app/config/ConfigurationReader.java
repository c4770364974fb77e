package org.thalweg.app.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.thalweg.api.data.DataContext;
import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.settings.SettingsProblem;
import org.thalweg.app.pipeline.ModelInputs;
import org.thalweg.app.pipeline.ReportedMetrics;
import org.thalweg.app.plugin.PluginRegistry;

/** Reads the configuration of a run: YAML, then overrides, then settings, collecting all problems on the way. */
public final class ConfigurationReader {
    private final List<ConfigurationProblem> problems = new ArrayList<>();
    private ConfigurationTree tree;

    private ConfigurationReader() {}

    /**
     * Reads a configuration.
     *
     * @param file YAML, which may include further files
     * @param overrides as {@code optimizer.learningRate=0.01}, applied in order
     * @param environment what {@code ${NAME}} stands for
     * @param plugins what can be named
     * @throws ConfigurationException with everything that is wrong
     */
    public static LoadedConfiguration read(Path file, List<String> overrides, Map<String, String> environment, PluginRegistry plugins) {
        ConfigurationReader reader = new ConfigurationReader();
        RunConfiguration run = reader.readRun(file, overrides, new Substitution(environment), plugins);
        if (!reader.problems.isEmpty()) {
            throw new ConfigurationException(reader.problems);
        }
        Path folder = file.toAbsolutePath().getParent();
        return new LoadedConfiguration(run, new DataContext(folder), Collections.unmodifiableMap(reader.tree.root()), reader.tree.withVariables(),
                reader.tree::valueAt);
    }

    private RunConfiguration readRun(Path path, List<String> overrides, Substitution substitution, PluginRegistry plugins) {
        ConfigurationFiles files = new ConfigurationFiles(substitution, problems::add);
        tree = files.read(path);
        if (tree.root().isEmpty() || !files.isComplete()) {
            // Without a tree every setting would be reported as missing, which says nothing about the mistake.
            return null;
        }
        Overrides changes = new Overrides(tree, substitution, problems::add);
        overrides.forEach(changes::apply);
        tree.root().putIfAbsent("name", nameOf(path));
        RunConfiguration run = Settings.bind(RunConfiguration.class, tree.root(), "", new RunReferences(plugins), this::located);
        if (run != null) {
            requireReportedMetrics(run);
            requireSomethingToAccumulate(run);
            requireLossWithClassWeights(run);
            ModelInputs.problem(run.modelInputs(), run.loss().name(), run.loss().loss())
                    .ifPresent(problem -> located(new SettingsProblem("modelInputs", problem)));
        }
        return run;
    }

    private void requireReportedMetrics(RunConfiguration run) {
        List<String> metrics = run.metrics().stream().map(NamedMetric::name).toList();
        for (int i = 0; i < run.training().stop().size(); i++) {
            String path = "training.stop[" + i + "]";
            ReportedMetrics.unknown(run.training().stop().get(i), metrics, run.data().validation().isPresent())
                    .ifPresent(problem -> located(new SettingsProblem(path, problem)));
        }
    }

    private void requireSomethingToAccumulate(RunConfiguration run) {
        if (run.training().accumulate() > 1 && run.optimizer().optimizer().wholeDataset()) {
            located(new SettingsProblem("training.accumulate", "the optimizer takes the whole data set in one batch, so there is nothing to accumulate:"
                    + " leave it out"));
        }
        boolean rows = run.optimizer().optimizer().rowSparse()
                || run.optimizer().groups().stream().flatMap(group -> group.optimizer().stream()).anyMatch(Optimizer::rowSparse);
        if (run.training().accumulate() > 1 && rows) {
            located(new SettingsProblem("training.accumulate", "an optimizer that changes single rows needs steps of one batch: leave it out, or take another"
                    + " optimizer"));
        }
    }

    private void requireLossWithClassWeights(RunConfiguration run) {
        if (run.classWeights().isEmpty()) {
            return;
        }
        try {
            // Whether their number is right shows when the data is known.
            if (run.loss().loss().withClassWeights(List.of(1.0, 1.0)).isEmpty()) {
                located(new SettingsProblem("classWeights", "the loss '" + run.loss().name() + "' takes no weights of classes: leave them out, or take one"
                        + " that judges by class numbers, as cross-entropy"));
            }
        } catch (IllegalArgumentException problem) {
            located(new SettingsProblem("classWeights", problem.getMessage()));
        }
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
