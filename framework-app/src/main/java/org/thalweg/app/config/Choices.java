package org.thalweg.app.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.thalweg.api.settings.References;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.settings.SettingsProblem;
import org.thalweg.api.settings.Suggestion;

/**
 * References to one of a few kinds of settings that the application itself knows, written like plugins: by name, or as
 * <code>{type: NAME, ...}</code>. Everything else is resolved by what is beneath.
 *
 * @param kind the interface that the records share
 * @param label what messages call one of them, as {@code surface}
 * @param records the settings by name
 * @param beneath for all other kinds
 */
public record Choices<T>(Class<T> kind, String label, Map<String, Class<? extends Record>> records, References beneath) implements References {
    @Override
    public boolean isKind(Class<?> type) {
        return type == kind || beneath.isKind(type);
    }

    @Override
    public <P> P resolve(Class<P> type, Object value, String path, Consumer<SettingsProblem> problems) {
        if (type != kind) {
            return beneath.resolve(type, value, path, problems);
        }
        Object name = value instanceof Map<?, ?> map ? map.get("type") : value;
        Set<String> known = records.keySet();
        if (!(name instanceof String text)) {
            problems.accept(new SettingsProblem(path, "must be the name of a " + label + " or {type: NAME, ...}; " + Suggestion.forName("", known)));
            return null;
        }
        if (!known.contains(text)) {
            problems.accept(new SettingsProblem(value instanceof Map ? path + ".type" : path,
                    "no " + label + " is called '" + text + "'; " + Suggestion.forName(text, known)));
            return null;
        }
        Map<Object, Object> settings = new LinkedHashMap<>(value instanceof Map<?, ?> map ? map : Map.of());
        settings.remove("type");
        // What is inside may be such a choice again.
        return type.cast(Settings.bind(records.get(text), settings, path, this, problems));
    }
}
