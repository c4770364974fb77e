package org.thalweg.autodiff.layer;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.thalweg.api.plugin.Plugin;
import org.thalweg.api.plugin.Registrar;

/** What a plugin registers, in order. */
record Registrations(List<Entry> entries) implements Registrar {
    record Entry(Class<?> kind, String name, Class<? extends Record> settings, Function<?, ?> factory) {}

    static Registrations of(Plugin plugin) {
        Registrations registrations = new Registrations(new ArrayList<>());
        plugin.register(registrations);
        return registrations;
    }

    @Override
    public <T, S extends Record> void register(Class<T> kind, String name, Class<S> settings, Function<? super S, ? extends T> factory) {
        entries.add(new Entry(kind, name, settings, factory));
    }

    /** The names registered under a kind. */
    List<String> names(Class<?> kind) {
        return entries.stream().filter(entry -> entry.kind() == kind).map(Entry::name).toList();
    }

    /** The plugins that META-INF/services of the plugin's own module names. */
    static List<String> services(Class<? extends Plugin> plugin) throws IOException {
        try (InputStream file = plugin.getResourceAsStream("/META-INF/services/" + Plugin.class.getName())) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.isBlank()).toList();
        }
    }

    /** The plugins that module-info.java of the plugin's own module provides. */
    static List<String> provides(Class<? extends Plugin> plugin) throws IOException {
        try (InputStream file = plugin.getResourceAsStream("/module-info.class")) {
            return ModuleDescriptor.read(file).provides().stream()
                    .filter(provides -> provides.service().equals(Plugin.class.getName()))
                    .flatMap(provides -> provides.providers().stream())
                    .toList();
        }
    }
}
