package org.thalweg.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.thalweg.api.plugin.Plugin;
import org.thalweg.api.plugin.Registrar;
import org.thalweg.api.settings.References;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.settings.SettingsException;
import org.thalweg.api.settings.SettingsProblem;
import org.thalweg.api.settings.Suggestion;

/**
 * What plugins register, in order; makes it by name, as a configuration does.
 *
 * @param entries in order
 */
public record Registrations(List<Entry> entries) implements Registrar, References {
    /**
     * One thing that is registered.
     *
     * @param kind what it is
     * @param name unique within the kind
     * @param settings its record
     * @param factory makes it
     */
    public record Entry(Class<?> kind, String name, Class<? extends Record> settings, Function<Record, Object> factory) {}

    /** What these plugins register. */
    public static Registrations of(Plugin... plugins) {
        Registrations registrations = new Registrations(new ArrayList<>());
        List.of(plugins).forEach(plugin -> plugin.register(registrations));
        return registrations;
    }

    @Override
    public <T, S extends Record> void register(Class<T> kind, String name, Class<S> settings, Function<? super S, ? extends T> factory) {
        entries.add(new Entry(kind, name, settings, record -> factory.apply(settings.cast(record))));
    }

    @Override
    public boolean isKind(Class<?> type) {
        return entries.stream().anyMatch(entry -> entry.kind() == type);
    }

    @Override
    public <T> T resolve(Class<T> kind, Object value, String path, Consumer<SettingsProblem> problems) {
        Map<Object, Object> own = value instanceof Map<?, ?> map ? new HashMap<>(map) : new HashMap<>(Map.of("type", value));
        Object name = own.remove("type");
        Optional<Entry> found = find(kind, String.valueOf(name));
        if (found.isEmpty()) {
            problems.accept(new SettingsProblem(path, "unknown " + kind.getSimpleName() + "; " + Suggestion.forName(String.valueOf(name), names(kind))));
            return null;
        }
        Record settings = Settings.bind(found.get().settings(), own, path, this, problems);
        return settings == null ? null : kind.cast(found.get().factory().apply(settings));
    }

    private Optional<Entry> find(Class<?> kind, String name) {
        return entries.stream().filter(entry -> entry.kind() == kind && entry.name().equals(name)).findFirst();
    }

    /** The settings of a name under a kind. */
    public Class<? extends Record> settings(Class<?> kind, String name) {
        return find(kind, name).orElseThrow().settings();
    }

    /** What is registered under a name, with these settings. */
    public <T> T make(Class<T> kind, String name, Map<String, ?> settings) {
        Map<String, Object> value = new HashMap<>(settings);
        value.put("type", name);
        List<SettingsProblem> problems = new ArrayList<>();
        T made = resolve(kind, value, name, problems::add);
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
        return made;
    }

    /** The names registered under a kind. */
    public List<String> names(Class<?> kind) {
        return entries.stream().filter(entry -> entry.kind() == kind).map(Entry::name).toList();
    }

    /** The plugins that META-INF/services of the plugin's own module names. */
    public static List<String> services(Class<? extends Plugin> plugin) throws IOException {
        try (InputStream file = plugin.getResourceAsStream("/META-INF/services/" + Plugin.class.getName())) {
            return file == null ? List.of() : new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.isBlank()).toList();
        }
    }

    /** The plugins that module-info.java of the plugin's own module provides. */
    public static List<String> provides(Class<? extends Plugin> plugin) throws IOException {
        try (InputStream file = plugin.getResourceAsStream("/module-info.class")) {
            return ModuleDescriptor.read(file).provides().stream()
                    .filter(provides -> provides.service().equals(Plugin.class.getName()))
                    .flatMap(provides -> provides.providers().stream())
                    .toList();
        }
    }
}
