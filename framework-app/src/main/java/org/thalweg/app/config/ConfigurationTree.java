package org.thalweg.app.config;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Maps, lists and scalars as a file gives them, and where each of them stands. Grows while it is read; not shared before that is over. */
final class ConfigurationTree {
    private final Map<String, Object> root = new LinkedHashMap<>();
    private final Map<String, Place> keys = new HashMap<>();
    private final Map<String, Place> values = new HashMap<>();

    ConfigurationTree(Place beginning) {
        values.put("", beginning);
    }

    Map<String, Object> root() {
        return root;
    }

    void placeKey(String path, Place place) {
        keys.put(path, place);
    }

    void placeValue(String path, Place place) {
        values.put(path, place);
    }

    /** Forgets the places at and under a path: what stood there has gone. */
    void forget(String path) {
        keys.keySet().removeIf(known -> isAtOrUnder(known, path));
        values.keySet().removeIf(known -> isAtOrUnder(known, path));
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
