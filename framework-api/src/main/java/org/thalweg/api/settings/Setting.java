package org.thalweg.api.settings;

import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One component of a settings record, with what its annotations say. */
public final class Setting {
    private final RecordComponent component;

    private Setting(RecordComponent component) {
        this.component = component;
    }

    /** The settings of a record, in order. */
    public static List<Setting> of(Class<? extends Record> record) {
        return Arrays.stream(record.getRecordComponents()).map(Setting::new).toList();
    }

    /** The name, as it is written in YAML. */
    public String name() {
        return component.getName();
    }

    /** The type, with its parameters. */
    public Type type() {
        return component.getGenericType();
    }

    /** The default as written in YAML, if the setting may be left out. */
    public Optional<String> defaultText() {
        return annotation(Default.class).map(Default::value);
    }

    /** The default as a value: a number, a truth value, a text, or a list of these. */
    public Optional<Object> defaultValue() {
        return defaultText().map(text -> type() == String.class ? text : DefaultText.parse(text));
    }

    /** What the setting is for; empty where nobody said. */
    public String description() {
        return annotation(Description.class).map(Description::value).orElse("");
    }

    /** Whether the setting must be given. */
    public boolean required() {
        return defaultText().isEmpty() && component.getType() != Optional.class;
    }

    /** An annotation of the component. */
    public <A extends Annotation> Optional<A> annotation(Class<A> type) {
        return Optional.ofNullable(component.getAnnotation(type));
    }

    Class<?> rawType() {
        return component.getType();
    }
}
