package org.thalweg.autodiff.layer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.thalweg.api.layer.Initializer;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.settings.References;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.settings.SettingsProblem;

/** Resolves names by what the plugin registers. */
final class RegisteredLayers implements References {
    private final Registrations registered = Registrations.of(new LayerPlugin());

    /** The layer of a name with settings as YAML gives them; every problem is an error. */
    static Layer layer(String name, Map<String, ?> settings) {
        Map<String, Object> value = new HashMap<>(settings);
        value.put("type", name);
        return new RegisteredLayers().resolve(Layer.class, value, "", problem -> {
            throw new AssertionError(problem);
        });
    }

    @Override
    public boolean isKind(Class<?> type) {
        return type == Layer.class || type == Initializer.class;
    }

    @Override
    public <T> T resolve(Class<T> kind, Object value, String path, Consumer<SettingsProblem> problems) {
        Map<?, ?> given = value instanceof Map<?, ?> map ? map : Map.of("type", value);
        Map<String, Object> settings = new HashMap<>();
        given.forEach((name, setting) -> settings.put((String) name, setting));
        Object type = settings.remove("type");
        List<Registrations.Entry> found = registered.entries().stream()
                .filter(entry -> entry.kind() == kind && entry.name().equals(type))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(type + " is registered " + found.size() + " times");
        }
        return kind.cast(made(found.getFirst(), settings, path, problems));
    }

    @SuppressWarnings("unchecked")
    private Object made(Registrations.Entry entry, Map<String, ?> values, String path, Consumer<SettingsProblem> problems) {
        Record settings = Settings.bind(entry.settings(), values, path, this, problems);
        return settings == null ? null : ((Function<Record, ?>) entry.factory()).apply(settings);
    }
}
