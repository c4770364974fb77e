package org.thalweg.api.plugin;

/**
 * The one entry point of a plugin, found through {@link java.util.ServiceLoader}: name the class in {@code provides} of module-info.java and
 * in {@code META-INF/services/org.thalweg.api.plugin.Plugin}. It needs a public constructor without parameters.
 */
@Stable
public interface Plugin {
    /** A kebab-case id, unique among all plugins: it is what error messages and run manifests call this plugin. */
    String id();

    /** Registers everything the plugin offers. Called once for each set of plugins that is loaded; must not keep the registrar. */
    void register(Registrar registrar);
}
