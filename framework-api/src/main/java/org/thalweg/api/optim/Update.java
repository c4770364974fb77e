package org.thalweg.api.optim;

import java.util.LinkedHashMap;
import java.util.Map;
import org.thalweg.api.plugin.Stable;
import org.thalweg.api.tensor.Tensor;

/**
 * What an optimizer returns: the next parameter and the next state.
 *
 * @param parameter the parameter after the step
 * @param state the state tensors that change, by name; the others keep their value
 */
@Stable
public record Update(Tensor parameter, Map<String, Tensor> state) {
    /** Keeps the order in which the state was given. */
    public Update {
        state = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(state));
    }

    /** An update that leaves the state as it is. */
    public static Update of(Tensor parameter) {
        return new Update(parameter, Map.of());
    }

    /** This update with the next value of one more state tensor. */
    public Update with(String name, Tensor value) {
        Map<String, Tensor> more = new LinkedHashMap<>(state);
        more.put(name, value);
        return new Update(parameter, more);
    }
}
