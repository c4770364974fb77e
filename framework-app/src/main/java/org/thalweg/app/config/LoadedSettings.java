package org.thalweg.app.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/**
 * Settings that were read from a file and found right.
 *
 * @param settings the record
 * @param folder of the file, which the files that it names are looked for in
 * @param tree the settings as read, with overrides and variables applied; defaults are not written out
 * @param written the same with scalars that have variables as they were written, since the variables' values may be secrets
 * @param places where the setting at a path, as {@code charts[2].start}, stands, or else the nearest thing around it
 */
public record LoadedSettings<S extends Record>(S settings, Path folder, Map<String, Object> tree, Map<String, Object> written, Function<String, Place> places) {
    /** What is wrong with a setting, with its place. */
    public ConfigurationProblem problem(String path, String message) {
        return new ConfigurationProblem(places.apply(path), path, message);
    }
}
