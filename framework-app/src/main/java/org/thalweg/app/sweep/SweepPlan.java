package org.thalweg.app.sweep;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.api.settings.SettingsProblem;
import org.thalweg.api.settings.Suggestion;
import org.thalweg.app.config.ConfigurationException;
import org.thalweg.app.config.ConfigurationProblem;
import org.thalweg.app.config.ConfigurationReader;
import org.thalweg.app.config.LoadedSettings;
import org.thalweg.app.config.NamedMetric;
import org.thalweg.app.config.RunConfiguration;
import org.thalweg.app.config.SettingsFile;
import org.thalweg.app.plugin.PluginRegistry;
import org.thalweg.app.sweep.TrialResult.Status;

/**
 * A sweep that was read and found right, every trial of it.
 *
 * @param sweep the settings
 * @param tree as written, with the pipeline's absolute path
 * @param pipeline the file of the run
 * @param trials all of them
 * @param rounds in which they are run
 * @param maximise whether the metric should be large
 * @param environment what {@code ${NAME}} stands for in the pipeline
 * @param plugins what can be named
 */
public record SweepPlan(
        Sweep sweep, Map<String, Object> tree, Path pipeline, List<Trial> trials, List<Search.Round> rounds, boolean maximise, Map<String, String> environment,
        PluginRegistry plugins) {
    private static final SettingsFile<Sweep> FORM = new SettingsFile<>(Sweep.class, "a sweep", "pipeline, vary and metric");

    /**
     * Reads a sweep, its pipeline, and the pipeline with the values of every trial.
     *
     * @throws ConfigurationException with what is wrong
     */
    public static SweepPlan read(Path file, List<String> overrides, Map<String, String> environment, PluginRegistry plugins) {
        LoadedSettings<Sweep> loaded = ConfigurationReader.read(FORM, file, overrides, environment, Search.references(plugins));
        Sweep sweep = loaded.settings();
        Path pipeline = loaded.folder().resolve(sweep.pipeline()).normalize();
        if (!Files.isRegularFile(pipeline)) {
            throw problem(loaded, "pipeline", "there is no file " + pipeline + ": name a YAML file that describes a run");
        }
        List<ConfigurationProblem> problems = new ArrayList<>();
        Map<String, Variation> vary = new LinkedHashMap<>();
        sweep.vary().forEach((path, value) -> vary.put(path, Variation.of(value, "vary." + path, found -> problems.add(located(loaded, found)))));
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        RunConfiguration run = ConfigurationReader.read(pipeline, List.of(), environment, plugins).run();
        requireReported(loaded, run);
        List<Trial> trials = sweep.search().trials(vary, sweep.seed());
        Map<String, Object> tree = new LinkedHashMap<>(loaded.written());
        tree.put("pipeline", pipeline.toString());
        List<Search.Round> rounds = sweep.search().rounds(trials.size(), run.training().epochs());
        SweepPlan plan = new SweepPlan(sweep, tree, pipeline, trials, rounds, maximise(loaded, run), environment, plugins);
        for (Trial trial : trials) {
            ConfigurationReader.read(pipeline, plan.overrides(trial), environment, plugins);
        }
        return plan;
    }

    private static void requireReported(LoadedSettings<Sweep> loaded, RunConfiguration run) {
        List<String> known = new ArrayList<>(List.of("train.loss"));
        List<String> parts = new ArrayList<>();
        run.data().validation().ifPresent(_ -> parts.add("validation."));
        if (run.data().test().isPresent() || run.data().testSplit().isPresent()) {
            parts.add("test.");
        }
        for (String part : parts) {
            known.add(part + "loss");
            run.metrics().forEach(metric -> known.add(part + metric.name()));
        }
        if (!known.contains(loaded.settings().metric())) {
            String metric = loaded.settings().metric();
            throw problem(loaded, "metric", "the pipeline does not report '" + metric + "'; " + Suggestion.forName(metric, known));
        }
    }

    private static boolean maximise(LoadedSettings<Sweep> loaded, RunConfiguration run) {
        String metric = loaded.settings().metric().substring(loaded.settings().metric().indexOf('.') + 1);
        return loaded.settings().goal().map(goal -> goal == Sweep.Goal.MAX).orElseGet(() -> run.metrics().stream()
                .filter(named -> named.name().equals(metric))
                .map(NamedMetric::metric)
                .anyMatch(known -> known.higherIsBetter()));
    }

    private static ConfigurationProblem located(LoadedSettings<Sweep> loaded, SettingsProblem problem) {
        return loaded.problem(problem.path(), problem.message());
    }

    private static ConfigurationException problem(LoadedSettings<Sweep> loaded, String path, String message) {
        return new ConfigurationException(List.of(loaded.problem(path, message)));
    }

    /** What a trial changes in the pipeline. */
    List<String> overrides(Trial trial) {
        List<String> overrides = new ArrayList<>(trial.overrides());
        if (sweep.parallel() > 1) {
            overrides.add("training.threads=1");
        }
        return Collections.unmodifiableList(overrides);
    }

    /** Results with more epochs first, and among these the best first. */
    Comparator<TrialResult> bestFirst() {
        Comparator<TrialResult> value = Comparator.comparingDouble(result ->
                Double.isNaN(result.value()) ? Double.POSITIVE_INFINITY : maximise ? -result.value() : result.value());
        return Comparator.comparing((TrialResult result) -> result.status() != Status.DONE)
                .thenComparing(Comparator.comparingInt(TrialResult::epochs).reversed())
                .thenComparing(value)
                .thenComparingInt(TrialResult::number);
    }
}
