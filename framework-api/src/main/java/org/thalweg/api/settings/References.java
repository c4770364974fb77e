package org.thalweg.api.settings;

import java.util.function.Consumer;

/** Turns a name in settings into the plugin that is registered under it. */
public interface References {
    /** Whether settings components of this type are references. */
    boolean isKind(Class<?> type);

    /**
     * The plugin that a value names.
     *
     * @param kind the sort of plugin, as {@code Optimizer.class}
     * @param value a name, or a map with {@code type} and the plugin's own settings
     * @param path where the value stands
     * @param problems receives what is wrong
     * @return null where something is wrong
     */
    <T> T resolve(Class<T> kind, Object value, String path, Consumer<SettingsProblem> problems);

    /** For settings that hold no references. */
    References NONE = new References() {
        @Override
        public boolean isKind(Class<?> type) {
            return false;
        }

        @Override
        public <T> T resolve(Class<T> kind, Object value, String path, Consumer<SettingsProblem> problems) {
            throw new IllegalStateException(kind.getSimpleName() + " is not a kind of plugin");
        }
    };
}
