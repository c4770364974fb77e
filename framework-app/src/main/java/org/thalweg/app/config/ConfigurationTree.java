package org.thalweg.app.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Maps, lists and scalars as a file gives them, and where each of them stands. Grows while it is read; not shared before that is over. */
final class ConfigurationTree {
    private static final String TYPE = "type";

    private final Map<String, Object> root = new LinkedHashMap<>();
    private final Map<String, Place> keys = new HashMap<>();
    private final Map<String, Place> values = new HashMap<>();
    private final Map<String, Written> written = new HashMap<>();

    /**
     * A scalar before its variables were replaced.
     *
     * @param text as it stands in the file
     * @param plain whether it stands there without quotes
     */
    record Written(String text, boolean plain) {}

    ConfigurationTree(Place beginning) {
        values.put("", beginning);
    }

    Map<String, Object> root() {
        return root;
    }

    /** The same with scalars that have variables as {@link Written}. */
    @SuppressWarnings("unchecked")
    Map<String, Object> withVariables() {
        return (Map<String, Object>) withVariables(root, "");
    }

    private Object withVariables(Object value, String path) {
        if (written.containsKey(path)) {
            return written.get(path);
        }
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, Object> inside = new LinkedHashMap<>();
                map.forEach((name, element) -> inside.put((String) name, withVariables(element, child(path, (String) name))));
                yield inside;
            }
            case List<?> list -> {
                List<Object> inside = new ArrayList<>();
                list.forEach(element -> inside.add(withVariables(element, path + "[" + inside.size() + "]")));
                yield inside;
            }
            case null, default -> value;
        };
    }

    void placeKey(String path, Place place) {
        keys.put(path, place);
    }

    void placeValue(String path, Place place) {
        values.put(path, place);
    }

    void keepWritten(String path, Written scalar) {
        written.put(path, scalar);
    }

    /** Spells the name of a plugin out: `optimizer: adam` is short for `optimizer: {type: adam}`. */
    Map<String, Object> spelledOut(String path, Object name) {
        Written variable = written.remove(path);
        if (variable != null) {
            written.put(child(path, TYPE), variable);
        }
        return new LinkedHashMap<>(Map.of(TYPE, name));
    }

    /** Lays another tree over this one: maps of one type are merged, everything else is replaced. */
    void overlay(ConfigurationTree over) {
        overlay(root, over.root, over, "");
        values.put("", over.values.get(""));
    }

    @SuppressWarnings("unchecked")
    private void overlay(Map<String, Object> below, Map<String, Object> above, ConfigurationTree over, String path) {
        above.forEach((name, value) -> {
            String child = child(path, name);
            if (value instanceof Map<?, ?> map && !map.containsKey(TYPE) && below.get(name) instanceof String plugin) {
                below.put(name, spelledOut(child, plugin));
            }
            if (value instanceof Map<?, ?> map && below.get(name) instanceof Map<?, ?> known && areOfOneType(known, map)) {
                keys.put(child, over.keys.get(child));
                values.put(child, over.values.get(child));
                overlay((Map<String, Object>) known, (Map<String, Object>) map, over, child);
                return;
            }
            if (below.containsKey(name)) {
                forget(child);
            }
            below.put(name, value);
            takePlaces(value, child, over);
        });
    }

    private static boolean areOfOneType(Map<?, ?> known, Map<?, ?> other) {
        return !other.containsKey(TYPE) || other.get(TYPE).equals(known.get(TYPE));
    }

    private void takePlaces(Object value, String path, ConfigurationTree from) {
        take(keys, from.keys, path);
        take(values, from.values, path);
        take(written, from.written, path);
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, inside) -> takePlaces(inside, child(path, (String) name), from));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                takePlaces(list.get(i), path + "[" + i + "]", from);
            }
        }
    }

    private static <T> void take(Map<String, T> into, Map<String, T> from, String path) {
        if (from.containsKey(path)) {
            into.put(path, from.get(path));
        }
    }

    /** Forgets the places at and under a path: what stood there has gone. */
    void forget(String path) {
        keys.keySet().removeIf(known -> isAtOrUnder(known, path));
        values.keySet().removeIf(known -> isAtOrUnder(known, path));
        written.keySet().removeIf(known -> isAtOrUnder(known, path));
    }

    private static boolean isAtOrUnder(String known, String path) {
        return known.startsWith(path) && (known.length() == path.length() || known.charAt(path.length()) == '.' || known.charAt(path.length()) == '[');
    }

    /** Where a name stands, or else what it would belong to. */
    Place keyAt(String path) {
        return keys.containsKey(path) ? keys.get(path) : valueAt(path);
    }

    /** Where a value stands, or else the nearest thing around it. */
    Place valueAt(String path) {
        for (String around = path; ; around = parent(around)) {
            if (values.containsKey(around)) {
                return values.get(around);
            }
        }
    }

    static String child(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
    }
}
