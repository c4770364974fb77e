package org.thalweg.app.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.settings.References;
import org.thalweg.api.settings.Setting;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.settings.SettingsProblem;
import org.thalweg.api.settings.Suggestion;
import org.thalweg.app.pipeline.ParameterGroup;
import org.thalweg.app.plugin.PluginKind;
import org.thalweg.app.plugin.PluginRegistry;

/** Reads a run's optimizer with its {@code groups}, each of which overrides settings for some parameters. */
final class GroupReader {
    private static final String TYPE = "type";

    private final PluginRegistry plugins;
    private final Consumer<SettingsProblem> problems;
    /** What is wrong with the optimizer is wrong with every group that takes over its settings, but is said once. */
    private final Set<SettingsProblem> said = new HashSet<>();

    private GroupReader(PluginRegistry plugins, Consumer<SettingsProblem> problems) {
        this.plugins = plugins;
        this.problems = problems;
    }

    /** The optimizer at a path; null where something is wrong. */
    static GroupedOptimizer read(PluginRegistry plugins, Object value, String path, Consumer<SettingsProblem> problems) {
        return new GroupReader(plugins, problems).read(value, path);
    }

    /** The names that a group's settings have beside those of its optimizer. */
    static List<String> names() {
        return Setting.of(GroupSettings.class).stream().map(Setting::name).toList();
    }

    private GroupedOptimizer read(Object value, String path) {
        Map<String, Object> settings = settings(value);
        Object groups = settings.remove(GroupedOptimizer.GROUPS);
        Optimizer optimizer = plugins.resolve(Optimizer.class, value instanceof Map ? settings : value, path, problem -> {
            said.add(relative(problem, path));
            report(problem, path, settings, List.of(GroupedOptimizer.GROUPS));
        });
        if (groups == null) {
            return optimizer == null ? null : new GroupedOptimizer(optimizer, List.of());
        }
        String place = path + "." + GroupedOptimizer.GROUPS;
        if (!(groups instanceof List<?> list)) {
            problems.accept(new SettingsProblem(place, "must be a list, as [{parameters: \"*.bias\", learningRate: 0.01}]"));
            return null;
        }
        List<ParameterGroup> read = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            group(settings, list.get(i), place + "[" + i + "]", optimizer).ifPresent(read::add);
        }
        return optimizer == null || read.size() < list.size() ? null : new GroupedOptimizer(optimizer, read);
    }

    private Optional<ParameterGroup> group(Map<String, Object> base, Object value, String path, Optimizer common) {
        if (!(value instanceof Map)) {
            problems.accept(new SettingsProblem(path, "must be a map, as {parameters: \"*.bias\", learningRate: 0.01}"));
            return Optional.empty();
        }
        Map<String, Object> own = settings(value);
        Map<String, Object> head = new LinkedHashMap<>(own);
        head.keySet().retainAll(names());
        own.keySet().removeAll(names());
        GroupSettings group = Settings.bind(GroupSettings.class, head, path, References.NONE, problems);
        boolean frozen = Boolean.TRUE.equals(head.get("frozen"));
        if (frozen) {
            own.keySet().forEach(name -> problems.accept(
                    new SettingsProblem(path + "." + name, "the group is frozen, so nothing else can be set: leave out '" + name + "' or 'frozen'")));
            return group == null || !own.isEmpty() ? Optional.empty() : made(group, Optional.empty(), path);
        }
        Map<String, Object> merged = merged(base, own);
        Optimizer optimizer = plugins.resolve(Optimizer.class, merged, path, problem -> {
            if (own.containsKey(TYPE) || !said.contains(relative(problem, path))) {
                report(problem, path, merged, names());
            }
        });
        if (optimizer != null && common != null && optimizer.wholeDataset() != common.wholeDataset()) {
            problems.accept(new SettingsProblem(path, "takes " + batch(optimizer) + " at a step, the optimizer of the other parameters " + batch(common)
                    + ": choose optimizers that agree"));
            return Optional.empty();
        }
        return group == null || optimizer == null ? Optional.empty() : made(group, Optional.of(optimizer), path);
    }

    private Optional<ParameterGroup> made(GroupSettings group, Optional<Optimizer> optimizer, String path) {
        try {
            return Optional.of(new ParameterGroup(group.parameters(), optimizer));
        } catch (IllegalArgumentException e) {
            problems.accept(new SettingsProblem(path + ".parameters", e.getMessage()));
            return Optional.empty();
        }
    }

    private static String batch(Optimizer optimizer) {
        return optimizer.wholeDataset() ? "the whole data set" : "a batch";
    }

    /** A copy that may be changed; a name alone is a type. */
    private static Map<String, Object> settings(Object value) {
        Map<String, Object> settings = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, inside) -> settings.put(String.valueOf(key), inside));
        } else if (value != null) {
            settings.put(TYPE, value);
        }
        return settings;
    }

    /** Settings with some overridden, within nested plugins too; where the override says a type of its own, nothing is taken over. */
    private static Map<String, Object> merged(Map<String, Object> base, Map<String, Object> own) {
        if (own.containsKey(TYPE)) {
            return own;
        }
        Map<String, Object> merged = new LinkedHashMap<>(base);
        own.forEach((name, value) -> merged.put(name,
                value instanceof Map && base.get(name) != null ? merged(settings(base.get(name)), settings(value)) : value));
        return merged;
    }

    private static SettingsProblem relative(SettingsProblem problem, String path) {
        return new SettingsProblem(problem.path().substring(path.length()), problem.message());
    }

    /** An unknown setting may be meant for one of the names that are the framework's own. */
    private void report(SettingsProblem problem, String path, Map<String, Object> settings, List<String> more) {
        String name = problem.path().substring(Math.min(problem.path().length(), path.length() + 1));
        boolean unknown = problem.message().startsWith("unknown setting") && settings.containsKey(name);
        List<String> known = new ArrayList<>(more);
        plugins.find(PluginKind.OPTIMIZER, String.valueOf(settings.get(TYPE)))
                .ifPresent(found -> Setting.of(found.settings()).forEach(setting -> known.add(setting.name())));
        problems.accept(unknown ? new SettingsProblem(problem.path(), "unknown setting; " + Suggestion.forName(name, known)) : problem);
    }
}
