package org.thalweg.app.config;

/**
 * One thing that is wrong with a configuration.
 *
 * @param place where to look
 * @param path of the setting, as {@code model[2].units}; empty for the whole
 * @param message what is wrong, and what to do
 */
public record ConfigurationProblem(Place place, String path, String message) {
    @Override
    public String toString() {
        return place + ": " + (path.isEmpty() ? "" : path + ": ") + message;
    }
}
