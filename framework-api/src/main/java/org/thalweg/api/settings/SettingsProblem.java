package org.thalweg.api.settings;

/**
 * One thing that is wrong with settings.
 *
 * @param path where, as in {@code model[2].units}; empty for the whole
 * @param message what is wrong, and what to do
 */
public record SettingsProblem(String path, String message) {
    @Override
    public String toString() {
        return path.isEmpty() ? message : path + ": " + message;
    }
}
