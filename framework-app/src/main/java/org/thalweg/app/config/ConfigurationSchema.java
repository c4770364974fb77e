package org.thalweg.app.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.metric.Metric;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.LessThan;
import org.thalweg.api.settings.Max;
import org.thalweg.api.settings.Min;
import org.thalweg.api.settings.OneOf;
import org.thalweg.api.settings.Positive;
import org.thalweg.api.settings.Setting;
import org.thalweg.api.settings.Settings;
import org.thalweg.app.plugin.PluginKind;
import org.thalweg.app.plugin.PluginRegistry;
import org.thalweg.app.plugin.Registration;

/**
 * A <a href="https://json-schema.org/draft/2020-12">JSON Schema</a> of configurations, for editors: every setting of a run and of every registered
 * plugin with its type, range, default and description. What depends on several settings, or on the data, is left to the reader.
 */
public final class ConfigurationSchema {
    private static final Map<Type, List<String>> SCALARS = Map.of(
            boolean.class, List.of("boolean"), Boolean.class, List.of("boolean"),
            int.class, List.of("integer"), Integer.class, List.of("integer"),
            long.class, List.of("integer"), Long.class, List.of("integer"),
            double.class, List.of("number"), Double.class, List.of("number"),
            // A text need not stand in quotes.
            String.class, List.of("string", "number", "boolean"));

    private static final String GROUPED_OPTIMIZER = "grouped-optimizer";
    private static final String GROUPS_DESCRIPTION = "Other settings for some of the parameters.";

    private final PluginRegistry plugins;

    private ConfigurationSchema(PluginRegistry plugins) {
        this.plugins = plugins;
    }

    /** The schema as JSON values. */
    public static Map<String, Object> of(PluginRegistry plugins) {
        ConfigurationSchema schema = new ConfigurationSchema(plugins);
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("title", "Thalweg configuration");
        root.putAll(withInclude(schema.record(RunConfiguration.class, Optional.empty(), List.of("name"))));
        Map<String, Object> definitions = new LinkedHashMap<>();
        for (PluginKind kind : PluginKind.values()) {
            definitions.put(kind.label(), schema.kind(kind));
        }
        definitions.put(GROUPED_OPTIMIZER, schema.groupedOptimizer());
        root.put("$defs", definitions);
        return root;
    }

    /** A file that includes others need not have everything itself: neither its settings nor those directly within them. */
    private static Map<String, Object> withInclude(Map<String, Object> run) {
        Map<String, Object> properties = new LinkedHashMap<>();
        Map<String, Object> complete = new LinkedHashMap<>();
        ((Map<?, ?>) run.get("properties")).forEach((name, value) -> {
            Map<String, Object> setting = new LinkedHashMap<>();
            ((Map<?, ?>) value).forEach((key, inside) -> setting.put((String) key, inside));
            Object required = setting.remove("required");
            if (required instanceof List<?> names && !names.isEmpty()) {
                complete.put((String) name, Map.of("required", names));
            }
            properties.put((String) name, setting);
        });
        Map<String, Object> fileName = Map.of("type", "string");
        Map<String, Object> include = new LinkedHashMap<>();
        include.put("anyOf", List.of(fileName, Map.of("type", "array", "items", fileName)));
        include.put("description", "Files to read before, relative to this one, whose settings this one completes and changes.");
        properties.put(ConfigurationFiles.INCLUDE, include);
        Map<String, Object> schema = new LinkedHashMap<>(run);
        schema.put("properties", properties);
        schema.put("if", Map.of("not", Map.of("required", List.of(ConfigurationFiles.INCLUDE))));
        schema.put("then", Map.of("required", schema.remove("required"), "properties", complete));
        return schema;
    }

    /** What can be named: by the name alone where no setting must be given, else as {@code {type: NAME, ...}}. */
    private Map<String, Object> kind(PluginKind kind) {
        List<Registration> registrations = plugins.registrations(kind);
        List<Object> forms = new ArrayList<>();
        List<String> alone = registrations.stream()
                .filter(registration -> Setting.of(registration.settings()).stream().noneMatch(Setting::required))
                .map(Registration::name)
                .toList();
        if (!alone.isEmpty()) {
            forms.add(Map.of("enum", alone));
        }
        forms.add(withSettings(registrations));
        if (kind.type() == Layer.class) {
            forms.add(list(Map.of("type", "array", "items", reference(kind)), "Layers, one after another."));
        }
        return Map.of("anyOf", forms);
    }

    /** The type decides which settings there are, so that an editor speaks of those alone. */
    private Map<String, Object> withSettings(List<Registration> registrations) {
        return withSettings(registrations, registration -> record(registration.settings(), Optional.of(registration.name()), List.of()));
    }

    private static Map<String, Object> withSettings(List<Registration> registrations, Function<Registration, Map<String, Object>> settings) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", Map.of("type", Map.of("enum", registrations.stream().map(Registration::name).toList())));
        schema.put("required", List.of("type"));
        schema.put("allOf", registrations.stream()
                .map(registration -> Map.of(
                        "if", Map.of("properties", Map.of("type", Map.of("const", registration.name())), "required", List.of("type")),
                        "then", settings.apply(registration)))
                .toList());
        return schema;
    }

    /** An optimizer that may have groups, whose settings are its own. */
    private Map<String, Object> groupedOptimizer() {
        List<Registration> registrations = plugins.registrations(PluginKind.OPTIMIZER);
        Map<String, Object> schema = withSettings(registrations, registration -> {
            Map<String, Object> record = record(registration.settings(), Optional.of(registration.name()), List.of());
            property(record, GroupedOptimizer.GROUPS, list(Map.of("type", "array", "items", group(registration)), GROUPS_DESCRIPTION));
            return record;
        });
        return Map.of("anyOf", List.of(Map.of("enum", registrations.stream().map(Registration::name).toList()), schema));
    }

    /** With another type a group has other settings, which are not spelled out here. */
    private Map<String, Object> group(Registration optimizer) {
        Map<String, Object> ofAnotherType = record(GroupSettings.class, Optional.empty(), List.of());
        ofAnotherType.remove("additionalProperties");
        Map<String, Object> group = record(GroupSettings.class, Optional.empty(), List.of());
        for (Setting setting : Setting.of(optimizer.settings())) {
            // What is not given is as for all parameters, and a nested plugin may be given in part.
            property(group, setting.name(), SCALARS.containsKey(setting.type()) ? withoutDefault(setting(setting)) : Map.of());
        }
        return Map.of("if", Map.of("required", List.of("type")), "then", ofAnotherType, "else", group);
    }

    private static Map<String, Object> withoutDefault(Map<String, Object> schema) {
        Map<String, Object> rest = new LinkedHashMap<>(schema);
        rest.remove("default");
        return rest;
    }

    @SuppressWarnings("unchecked")
    private static void property(Map<String, Object> record, String name, Object schema) {
        ((Map<String, Object>) record.get("properties")).put(name, schema);
    }

    private static Map<String, Object> list(Map<String, Object> array, String description) {
        Map<String, Object> described = new LinkedHashMap<>(array);
        described.put("description", description);
        return described;
    }

    private static Map<String, Object> reference(PluginKind kind) {
        return Map.of("$ref", "#/$defs/" + kind.label());
    }

    private Map<String, Object> record(Class<? extends Record> record, Optional<String> type, List<String> mayLack) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        type.ifPresent(name -> {
            properties.put("type", Map.of("const", name));
            required.add("type");
        });
        for (Setting setting : Setting.of(record)) {
            properties.put(setting.name(), setting(setting));
            if (setting.required() && !mayLack.contains(setting.name())) {
                required.add(setting.name());
            }
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        Description description = record.getAnnotation(Description.class);
        if (description != null) {
            schema.put("description", description.value());
        }
        schema.put("properties", properties);
        schema.put("required", required);
        schema.put("additionalProperties", false);
        return schema;
    }

    private Map<String, Object> setting(Setting setting) {
        Map<String, Object> schema = new LinkedHashMap<>(type(setting.type(), setting));
        if (!setting.description().isEmpty()) {
            schema.put("description", setting.description());
        }
        setting.defaultValue().ifPresent(value -> schema.put("default", value));
        return schema;
    }

    /** A number or a text may stand for a list of one. */
    private static Map<String, Object> list(Type element, Map<String, Object> inside) {
        Map<String, Object> list = Map.of("type", "array", "items", inside);
        boolean alone = element == Integer.class || element == Long.class || element == Double.class || element == String.class;
        return alone ? Map.of("anyOf", List.of(list, inside)) : list;
    }

    private Map<String, Object> type(Type type, Setting setting) {
        if (type instanceof ParameterizedType generic) {
            Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            Map<String, Object> inside = type(last, setting);
            return generic.getRawType() == Optional.class ? inside
                    : generic.getRawType() == List.class ? list(last, inside)
                    : Map.of("type", "object", "additionalProperties", inside);
        }
        if (setting.annotation(OneOf.class).isPresent()) {
            return Map.of("enum", List.of(setting.annotation(OneOf.class).get().value()));
        }
        if (SCALARS.containsKey(type)) {
            return scalar(SCALARS.get(type), setting);
        }
        Class<?> wanted = (Class<?>) type;
        if (wanted == Object.class) {
            return Map.of();
        }
        if (wanted.isEnum()) {
            return Map.of("enum", Arrays.stream(wanted.getEnumConstants()).map(constant -> Settings.kebab((Enum<?>) constant)).toList());
        }
        if (wanted == ClassWeights.class) {
            return ClassWeights.schema();
        }
        if (wanted == GroupedOptimizer.class) {
            return Map.of("$ref", "#/$defs/" + GROUPED_OPTIMIZER);
        }
        Class<?> plugin = wanted == NamedLoss.class ? Loss.class : wanted == NamedMetric.class ? Metric.class : wanted;
        return PluginKind.of(plugin).map(ConfigurationSchema::reference).orElseGet(() -> record(wanted.asSubclass(Record.class), Optional.empty(), List.of()));
    }

    private static Map<String, Object> scalar(List<String> types, Setting setting) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", types.size() == 1 ? types.getFirst() : types);
        setting.annotation(Positive.class).ifPresent(range -> schema.put("exclusiveMinimum", 0));
        setting.annotation(Min.class).ifPresent(range -> schema.put("minimum", range.value()));
        setting.annotation(Max.class).ifPresent(range -> schema.put("maximum", range.value()));
        setting.annotation(LessThan.class).ifPresent(range -> schema.put("exclusiveMaximum", range.value()));
        return schema;
    }
}
