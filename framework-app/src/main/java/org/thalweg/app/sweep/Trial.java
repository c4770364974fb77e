package org.thalweg.app.sweep;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * One choice of values.
 *
 * @param number from 1
 * @param values by path
 */
public record Trial(int number, Map<String, Object> values) {
    /** Copies the map in its order. */
    public Trial {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    static List<Trial> numbered(List<Map<String, Object>> choices) {
        List<Trial> trials = new ArrayList<>();
        choices.forEach(values -> trials.add(new Trial(trials.size() + 1, values)));
        return trials;
    }

    /** The values as overrides of a configuration. */
    List<String> overrides() {
        return values.entrySet().stream().map(entry -> entry.getKey() + "=" + text(entry.getValue())).toList();
    }

    /** A value as YAML, on one line. */
    static String text(Object value) {
        return JsonMapper.shared().writeValueAsString(value);
    }

    /** As in {@code optimizer.learningRate=0.01 model[0].units=16}. */
    @Override
    public String toString() {
        return values.entrySet().stream().map(entry -> entry.getKey() + "=" + text(entry.getValue())).collect(Collectors.joining(" "));
    }
}
