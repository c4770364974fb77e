package org.thalweg.app.pipeline;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A model's numbers at one moment; immutable.
 *
 * @param parameters what is trained, by path, as {@code 0.weight}, in the order in which the model declares it
 * @param state what is kept but not trained, running statistics, by path
 */
public record Weights(Map<String, StoredTensor> parameters, Map<String, StoredTensor> state) {
    /** Copies the maps in their order. */
    public Weights {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        state = Collections.unmodifiableMap(new LinkedHashMap<>(state));
    }

    /** Whether no number is infinite or NaN. */
    public boolean isFinite() {
        return Stream.concat(parameters.values().stream(), state.values().stream()).allMatch(StoredTensor::isFinite);
    }
}
