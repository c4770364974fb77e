package org.thalweg.app.pipeline;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

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
}
