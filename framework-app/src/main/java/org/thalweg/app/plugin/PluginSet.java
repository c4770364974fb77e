package org.thalweg.app.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLClassLoader;
import java.util.List;
import java.util.stream.Stream;

/** Loaded plugins with the class loaders that they live in. Close it when nothing made by the plugins is in use any more. */
public final class PluginSet implements AutoCloseable {
    private final PluginRegistry registry;
    private final List<String> problems;
    private final List<URLClassLoader> loaders;

    PluginSet(PluginRegistry registry, List<String> loading, List<URLClassLoader> loaders) {
        this.registry = registry;
        this.problems = Stream.concat(loading.stream(), registry.problems().stream()).toList();
        this.loaders = List.copyOf(loaders);
    }

    /** What the plugins offer. */
    public PluginRegistry registry() {
        return registry;
    }

    /** What went wrong, in loading and in registering: one sentence each. The other plugins are in use. */
    public List<String> problems() {
        return problems;
    }

    @Override
    public void close() {
        for (URLClassLoader loader : loaders) {
            try {
                loader.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
