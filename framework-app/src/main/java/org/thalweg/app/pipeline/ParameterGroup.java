package org.thalweg.app.pipeline;

import java.util.List;
import java.util.Optional;
import org.thalweg.api.optim.Optimizer;

/**
 * Parameters that the run's optimizer leaves to another one, or that nothing changes.
 *
 * @param parameters patterns of their paths, as {@code *.bias}; one that matches is enough
 * @param optimizer changes them; empty where they are frozen
 */
public record ParameterGroup(List<String> parameters, Optional<Optimizer> optimizer) {
    /** Checks that there is a pattern. */
    public ParameterGroup {
        parameters = List.copyOf(parameters);
        if (parameters.isEmpty()) {
            throw new IllegalArgumentException("a group needs a pattern of its parameters' paths, as *.bias");
        }
    }
}
