package org.thalweg.app.plugin;

import java.util.function.Function;

/**
 * One thing that a plugin offers.
 *
 * @param kind what it is
 * @param name in configurations
 * @param settings the record of its settings
 * @param factory makes it from valid settings
 * @param plugin the id of the plugin that registered it
 * @param origin the plugin's jar or folder
 */
public record Registration(
        PluginKind kind, String name, Class<? extends Record> settings, Function<Record, Object> factory, String plugin, String origin) {
    /** The plugin and its origin, for messages. */
    String source() {
        return "plugin '" + plugin + "' (" + origin + ")";
    }
}
