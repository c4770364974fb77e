package org.thalweg.app.cli;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.thalweg.api.settings.LessThan;
import org.thalweg.api.settings.Max;
import org.thalweg.api.settings.Min;
import org.thalweg.api.settings.OneOf;
import org.thalweg.api.settings.Positive;
import org.thalweg.api.settings.Setting;
import org.thalweg.api.settings.Settings;
import org.thalweg.app.plugin.PluginKind;

/** Says what a setting accepts: {@code number, above 0, default 0.001}. */
final class SettingText {
    private static final Map<Type, String> SCALARS = Map.of(
            boolean.class, "true or false", Boolean.class, "true or false",
            int.class, "whole number", Integer.class, "whole number",
            long.class, "whole number", Long.class, "whole number",
            double.class, "number", Double.class, "number",
            String.class, "text", Object.class, "anything");

    private SettingText() {}

    static String of(Setting setting) {
        List<String> parts = new ArrayList<>();
        parts.add(setting.annotation(OneOf.class).map(choices -> "one of " + String.join(", ", choices.value())).orElseGet(() -> type(setting.type())));
        setting.annotation(Positive.class).ifPresent(range -> parts.add("above 0"));
        setting.annotation(Min.class).ifPresent(range -> parts.add("at least " + plain(range.value())));
        setting.annotation(Max.class).ifPresent(range -> parts.add("at most " + plain(range.value())));
        setting.annotation(LessThan.class).ifPresent(range -> parts.add("below " + plain(range.value())));
        parts.add(setting.required() ? "required" : setting.defaultText().map(text -> "default " + text).orElse("optional"));
        return String.join(", ", parts);
    }

    private static String type(Type type) {
        if (SCALARS.containsKey(type)) {
            return SCALARS.get(type);
        }
        if (type instanceof ParameterizedType generic) {
            Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            return generic.getRawType() == Optional.class ? type(last) : (generic.getRawType() == List.class ? "list of " : "map of ") + type(last);
        }
        Class<?> wanted = (Class<?>) type;
        if (wanted.isEnum()) {
            return "one of " + Arrays.stream(wanted.getEnumConstants()).map(c -> Settings.kebab((Enum<?>) c)).collect(Collectors.joining(", "));
        }
        return PluginKind.of(wanted).map(PluginKind::label).orElseGet(() -> record(wanted));
    }

    private static String record(Class<?> record) {
        return Setting.of(record.asSubclass(Record.class)).stream()
                .map(setting -> setting.name() + ": " + of(setting))
                .collect(Collectors.joining("; ", "{", "}"));
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15 ? Long.toString((long) number) : Double.toString(number);
    }
}
