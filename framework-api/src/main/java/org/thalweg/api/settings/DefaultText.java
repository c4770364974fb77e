package org.thalweg.api.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the text of a {@link Default}: the small part of YAML that defaults need. */
final class DefaultText {
    private DefaultText() {}

    /** true, false, numbers, flat lists as {@code [0.9, 0.999]}, {@code {}}, or else a text. */
    static Object parse(String text) {
        String trimmed = text.trim();
        if (trimmed.equals("true") || trimmed.equals("false")) {
            return Boolean.valueOf(trimmed);
        }
        if (trimmed.equals("{}")) {
            return Map.of();
        }
        if (trimmed.startsWith("[") && trimmed.endsWith("]")) {
            List<Object> elements = new ArrayList<>();
            String inside = trimmed.substring(1, trimmed.length() - 1).trim();
            for (String element : inside.isEmpty() ? new String[0] : inside.split(",")) {
                elements.add(parse(element));
            }
            return elements;
        }
        if (trimmed.matches("[-+]?[0-9]+")) {
            return Long.valueOf(trimmed);
        }
        if (trimmed.matches("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?")) {
            return Double.valueOf(trimmed);
        }
        return text;
    }
}
