package org.thalweg.app.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.thalweg.api.settings.SettingsProblem;

/**
 * How much each class counts in the loss. Where there are no numbers the classes are balanced: their weights follow from the training data.
 *
 * @param byNumber by the number of the class
 * @param byName by category
 */
public record ClassWeights(List<Double> byNumber, Map<String, Double> byName) {
    private static final String BALANCED = "balanced";
    private static final String FORMS = "must be 'balanced', a list of a number for each class, or a map from category to number";

    /** Copies what can change. */
    public ClassWeights {
        byNumber = List.copyOf(byNumber);
        byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    }

    /** Whether the weights are still to be worked out. */
    public boolean isBalanced() {
        return byNumber.isEmpty() && byName.isEmpty();
    }

    /** The weights that a setting says; null where something is wrong. */
    static ClassWeights read(Object value, String path, Consumer<SettingsProblem> problems) {
        if (BALANCED.equals(value)) {
            return new ClassWeights(List.of(), Map.of());
        }
        List<SettingsProblem> found = new ArrayList<>();
        List<Double> byNumber = new ArrayList<>();
        Map<String, Double> byName = new LinkedHashMap<>();
        if (value instanceof List<?> list && !list.isEmpty()) {
            for (int i = 0; i < list.size(); i++) {
                byNumber.add(number(list.get(i), path + "[" + i + "]", found));
            }
        } else if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            map.forEach((name, weight) -> byName.put(String.valueOf(name), number(weight, path + "." + name, found)));
        } else {
            found.add(new SettingsProblem(path, FORMS));
        }
        found.forEach(problems);
        return found.isEmpty() ? new ClassWeights(byNumber, byName) : null;
    }

    private static double number(Object value, String path, List<SettingsProblem> found) {
        double number = value instanceof Number given ? given.doubleValue() : Double.NaN;
        if (!(number >= 0) || Double.isInfinite(number)) {
            found.add(new SettingsProblem(path, "must be a number of at least 0, but is " + value));
        }
        return number;
    }

    /** The JSON Schema of what {@link #read} accepts. */
    static Map<String, Object> schema() {
        Map<String, Object> weight = Map.of("type", "number", "minimum", 0);
        return Map.of("anyOf", List.of(
                Map.of("const", BALANCED),
                Map.of("type", "array", "items", weight, "minItems", 1),
                Map.of("type", "object", "additionalProperties", weight, "minProperties", 1)));
    }
}
