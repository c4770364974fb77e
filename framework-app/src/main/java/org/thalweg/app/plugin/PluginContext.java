package org.thalweg.app.plugin;

/** Makes a plugin's class loader the thread's while the plugin's code runs, because libraries look for their services there. */
public final class PluginContext implements AutoCloseable {
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    private PluginContext(ClassLoader loader) {
        Thread.currentThread().setContextClassLoader(loader);
    }

    /** The context of the plugin that a class belongs to. */
    public static PluginContext of(Class<?> type) {
        return new PluginContext(type.getClassLoader());
    }

    @Override
    public void close() {
        Thread.currentThread().setContextClassLoader(before);
    }
}
