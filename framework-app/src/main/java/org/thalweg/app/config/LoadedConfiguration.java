package org.thalweg.app.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.thalweg.api.data.DataContext;

/**
 * A configuration that was read and found right.
 *
 * @param run what to do
 * @param context resolves the data files that the configuration names: against the folder of the file
 * @param tree the settings as read, with overrides and variables applied; defaults are not written out
 * @param written the same with scalars that have variables as they were written, since the variables' values may be secrets
 * @param places where the setting at a path, as {@code model[2].units}, stands, or else the nearest thing around it
 */
public record LoadedConfiguration(RunConfiguration run, DataContext context, Map<String, Object> tree, Map<String, Object> written, Function<String, Place> places) {
    /** The same with data files resolved against another folder, for a configuration that was copied away from its data. */
    public LoadedConfiguration in(Path folder) {
        return new LoadedConfiguration(run, new DataContext(folder), tree, written, places);
    }

    /** The same with weights of classes that were worked out. */
    public LoadedConfiguration with(ClassWeights weights) {
        Object value = weights.byName().isEmpty() ? weights.byNumber() : weights.byName();
        return new LoadedConfiguration(run.with(weights), context, with(tree, value), with(written, value), places);
    }

    private static Map<String, Object> with(Map<String, Object> tree, Object classWeights) {
        Map<String, Object> changed = new LinkedHashMap<>(tree);
        changed.put("classWeights", classWeights);
        return Collections.unmodifiableMap(changed);
    }

    /** As a file that reads so again: in one piece, whatever it included, and with variables by name. */
    public String yaml() {
        return ConfigurationText.of(written);
    }

    /** What is wrong with a setting, with its place. */
    public ConfigurationProblem problem(String path, String message) {
        return new ConfigurationProblem(places.apply(path), path, message);
    }
}
