package org.thalweg.api.settings;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.Sequence;

/** Makes settings records from maps, lists and scalars, as YAML or JSON gives them. */
public final class Settings {
    private static final Object MISSING = new Object();
    /** Up to here a double is the number that was written. */
    private static final double EXACT = 0x1p53 - 1;

    private final References references;
    private final Consumer<SettingsProblem> problems;

    private Settings(References references, Consumer<SettingsProblem> problems) {
        this.references = references;
        this.problems = problems;
    }

    /**
     * A settings record without references, with defaults for what the map lacks.
     *
     * @throws SettingsException naming every problem
     */
    public static <S extends Record> S of(Class<S> record, Map<String, ?> values) {
        List<SettingsProblem> found = new ArrayList<>();
        S settings = bind(record, values, "", References.NONE, found::add);
        if (!found.isEmpty()) {
            throw new SettingsException(found);
        }
        return settings;
    }

    /**
     * A settings record.
     *
     * @param record its class
     * @param values a map of the settings, or null for all defaults
     * @param path where the values stand, for messages
     * @param references resolves names of plugins
     * @param problems receives everything that is wrong
     * @return null where something is wrong
     */
    public static <S extends Record> S bind(
            Class<S> record, Object values, String path, References references, Consumer<SettingsProblem> problems) {
        return new Settings(references, problems).record(record, values, path);
    }

    private <S extends Record> S record(Class<S> record, Object values, String path) {
        if (values != null && !(values instanceof Map)) {
            return problem(path, "must be a map of settings, but is " + show(values));
        }
        Map<?, ?> map = values == null ? Map.of() : (Map<?, ?>) values;
        List<Setting> settings = Setting.of(record);
        List<String> names = settings.stream().map(Setting::name).toList();
        boolean valid = true;
        for (Object key : map.keySet()) {
            if (!names.contains(String.valueOf(key))) {
                valid = false;
                problem(child(path, String.valueOf(key)), "unknown setting; " + Suggestion.forName(String.valueOf(key), names));
            }
        }
        Object[] arguments = new Object[settings.size()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = component(settings.get(i), map.containsKey(names.get(i)), map.get(names.get(i)), path);
            valid &= arguments[i] != MISSING;
        }
        return valid ? construct(record, arguments, path) : null;
    }

    private Object component(Setting setting, boolean given, Object value, String path) {
        String place = child(path, setting.name());
        if (!given || value == null) {
            if (setting.defaultText().isPresent()) {
                value = DefaultText.parse(setting.defaultText().get());
            } else if (setting.rawType() == Optional.class) {
                return Optional.empty();
            } else {
                problem(place, "is required" + (setting.description().isEmpty() ? "" : ": " + setting.description()));
                return MISSING;
            }
        }
        Object bound = value(setting.type(), value, place);
        return bound == MISSING || !inRange(setting, bound, place) ? MISSING : bound;
    }

    /** The value as the type asks for it, or MISSING after a problem was reported. */
    private Object value(Type type, Object value, String path) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == List.class) {
                return list(arguments[0], value, path);
            }
            if (generic.getRawType() == Optional.class) {
                Object bound = value(arguments[0], value, path);
                return bound == MISSING ? MISSING : Optional.of(bound);
            }
            if (generic.getRawType() == Map.class) {
                return map(arguments[1], value, path);
            }
        }
        if (!(type instanceof Class<?> wanted)) {
            throw new IllegalStateException(path + ": a settings record cannot have a component of " + type);
        }
        if (references.isKind(wanted)) {
            return reference(wanted, value, path);
        }
        if (wanted == boolean.class || wanted == Boolean.class) {
            return value instanceof Boolean ? value : wrong(path, "true or false", value);
        }
        if (wanted == double.class || wanted == Double.class) {
            return value instanceof Number number ? (Object) number.doubleValue() : wrong(path, "a number", value);
        }
        if (wanted == int.class || wanted == Integer.class) {
            Object whole = whole(value, Integer.MIN_VALUE, Integer.MAX_VALUE, path);
            return whole == MISSING ? MISSING : (Object) ((Long) whole).intValue();
        }
        if (wanted == long.class || wanted == Long.class) {
            return whole(value, Long.MIN_VALUE, Long.MAX_VALUE, path);
        }
        if (wanted == String.class) {
            return value == null || value instanceof Map || value instanceof List ? wrong(path, "a text", value) : String.valueOf(value);
        }
        if (wanted == Object.class) {
            return value;
        }
        if (wanted.isEnum()) {
            return constant(wanted, value, path);
        }
        if (wanted.isRecord()) {
            Object bound = record(wanted.asSubclass(Record.class), value, path);
            return bound == null ? MISSING : bound;
        }
        throw new IllegalStateException(path + ": a settings record cannot have a component of " + type);
    }

    private Object reference(Class<?> kind, Object value, String path) {
        if (kind == Layer.class && value instanceof List) {
            Object layers = list(Layer.class, value, path);
            return layers == MISSING ? MISSING : new Sequence(((List<?>) layers).stream().map(Layer.class::cast).toList());
        }
        Object resolved = references.resolve(kind, value, path, problems);
        return resolved == null ? MISSING : resolved;
    }

    private Object list(Type element, Object value, String path) {
        boolean one = value instanceof Number && (element == Integer.class || element == Long.class || element == Double.class)
                || value instanceof String && element == String.class;
        if (one) {
            return list(element, List.of(value), path);
        }
        if (element == String.class && value != null && !(value instanceof List || value instanceof Map)) {
            return list(element, List.of(value), path);
        }
        if (!(value instanceof List<?> given)) {
            return wrong(path, "a list", value);
        }
        List<Object> bound = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            bound.add(value(element, given.get(i), path + "[" + i + "]"));
        }
        // Not List.copyOf: a list of plain values may hold an empty one.
        return bound.contains(MISSING) ? MISSING : Collections.unmodifiableList(bound);
    }

    private Object map(Type element, Object value, String path) {
        if (!(value instanceof Map<?, ?> given)) {
            return wrong(path, "a map", value);
        }
        Map<String, Object> bound = new LinkedHashMap<>();
        given.forEach((key, item) -> bound.put(String.valueOf(key), value(element, item, child(path, String.valueOf(key)))));
        return bound.containsValue(MISSING) ? MISSING : Collections.unmodifiableMap(bound);
    }

    private Object whole(Object value, long low, long high, String path) {
        if (!(value instanceof Number number) || number.doubleValue() != Math.rint(number.doubleValue())) {
            return wrong(path, "a whole number", value);
        }
        if (!isBetween(number, low, high)) {
            problem(path, "must be between " + low + " and " + high + ", but is " + value);
            return MISSING;
        }
        return number.longValue();
    }

    /** Whether a whole number is in a range. */
    private static boolean isBetween(Number number, long low, long high) {
        double rounded = number.doubleValue();
        if (Math.abs(rounded) <= EXACT) {
            return rounded >= low && rounded <= high;
        }
        // The largest long and the next number above it are one double. Only such numbers are worth the start of BigDecimal, which takes 20 ms.
        BigDecimal exact = Double.isInfinite(rounded) ? null : new BigDecimal(number.toString());
        return exact != null && exact.compareTo(BigDecimal.valueOf(low)) >= 0 && exact.compareTo(BigDecimal.valueOf(high)) <= 0;
    }

    private Object constant(Class<?> type, Object value, String path) {
        for (Object constant : type.getEnumConstants()) {
            if (kebab((Enum<?>) constant).equals(String.valueOf(value))) {
                return constant;
            }
        }
        List<String> known = Arrays.stream(type.getEnumConstants()).map(c -> kebab((Enum<?>) c)).toList();
        problem(path, "unknown value " + show(value) + "; " + Suggestion.forName(String.valueOf(value), known));
        return MISSING;
    }

    /** An enum constant as it is written in YAML: {@code BATCH_MEAN} is {@code batch-mean}. */
    public static String kebab(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private boolean inRange(Setting setting, Object bound, String path) {
        Object value = bound instanceof Optional<?> optional ? optional.orElse(null) : bound;
        if (value instanceof List<?> list) {
            boolean valid = true;
            for (int i = 0; i < list.size(); i++) {
                valid &= inRange(setting, list.get(i), path + "[" + i + "]");
            }
            return valid;
        }
        if (value instanceof Number given) {
            double number = given.doubleValue();
            String range = Double.isNaN(number)
                    ? "a number"
                    : setting.annotation(Positive.class).filter(a -> !(number > 0)).map(a -> "above 0")
                            .or(() -> setting.annotation(Min.class).filter(a -> number < a.value()).map(a -> "at least " + plain(a.value())))
                            .or(() -> setting.annotation(Max.class).filter(a -> number > a.value()).map(a -> "at most " + plain(a.value())))
                            .or(() -> setting.annotation(LessThan.class).filter(a -> number >= a.value()).map(a -> "below " + plain(a.value())))
                            .orElse(null);
            return range == null || problem(path, "must be " + range + ", but is " + given) != null;
        }
        if (value instanceof String text && setting.annotation(OneOf.class).isPresent()) {
            List<String> known = List.of(setting.annotation(OneOf.class).get().value());
            return known.contains(text) || problem(path, "unknown value '" + text + "'; " + Suggestion.forName(text, known)) != null;
        }
        return true;
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15 ? Long.toString((long) number) : Double.toString(number);
    }

    private <S extends Record> S construct(Class<S> record, Object[] arguments, String path) {
        try {
            Constructor<S> constructor = record.getDeclaredConstructor(
                    Arrays.stream(record.getRecordComponents()).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.trySetAccessible();
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException invalid) {
                return problem(path, invalid.getMessage());
            }
            return problem(path, record.getName() + " failed: " + e.getCause());
        } catch (IllegalAccessException e) {
            String module = Optional.ofNullable(record.getModule().getName()).orElse("its module");
            return problem(path, "the settings record " + record.getName() + " cannot be constructed: make it public and its package exported, "
                    + "or add to the module-info.java of " + module + ": opens " + record.getPackageName() + " to org.thalweg.api;");
        } catch (ReflectiveOperationException e) {
            return problem(path, "the settings record " + record.getName() + " cannot be constructed: " + e);
        }
    }

    private Object wrong(String path, String wanted, Object value) {
        problem(path, "must be " + wanted + ", but is " + show(value));
        return MISSING;
    }

    private <T> T problem(String path, String message) {
        problems.accept(new SettingsProblem(path, message));
        return null;
    }

    private static String child(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String show(Object value) {
        return switch (value) {
            case null -> "empty";
            case String text -> "'" + text + "'";
            case Map<?, ?> map -> "a map with " + map.keySet().stream().map(String::valueOf).collect(Collectors.joining(", "));
            case List<?> list -> "a list of " + list.size();
            default -> String.valueOf(value);
        };
    }
}
