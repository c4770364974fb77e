package org.thalweg.app.config;

import java.util.List;
import org.thalweg.api.optim.Optimizer;
import org.thalweg.app.pipeline.ParameterGroup;

/**
 * The rule that changes the parameters, and what differs for some of them.
 *
 * @param optimizer for the parameters that are in no group
 * @param groups in order; the first that matches a parameter counts
 */
public record GroupedOptimizer(Optimizer optimizer, List<ParameterGroup> groups) {
    /** The setting of a run's optimizer that lists the groups. */
    public static final String GROUPS = "groups";

    /** Copies the list. */
    public GroupedOptimizer {
        groups = List.copyOf(groups);
    }
}
