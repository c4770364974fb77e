package org.thalweg.app.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.thalweg.api.data.DataContext;

/**
 * A configuration that was read and found right.
 *
 * @param run what to do
 * @param context resolves the data files that the configuration names: against the folder of the file
 * @param tree the settings as read, with overrides and variables applied; defaults are not written out
 * @param yaml the same as a file that reads so again: in one piece, whatever it included, and with variables by name, since their values may be
 *     secrets
 * @param places where the setting at a path, as {@code model[2].units}, stands, or else the nearest thing around it
 */
public record LoadedConfiguration(RunConfiguration run, DataContext context, Map<String, Object> tree, String yaml, Function<String, Place> places) {
    /** The same with data files resolved against another folder, for a configuration that was copied away from its data. */
    public LoadedConfiguration in(Path folder) {
        return new LoadedConfiguration(run, new DataContext(folder), tree, yaml, places);
    }

    /** What is wrong with a setting, with its place. */
    public ConfigurationProblem problem(String path, String message) {
        return new ConfigurationProblem(places.apply(path), path, message);
    }
}
