package org.thalweg.app.pipeline;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.optim.PathPattern;
import org.thalweg.app.pipeline.LocatedShapeException.Part;

/**
 * What changes which parameter: the first group that matches it, or else the run's optimizer.
 *
 * @param optimizer the run's
 * @param groups in order
 */
record ParameterGroups(Optimizer optimizer, List<ParameterGroup> groups) {
    /** The number of a parameter's group, from 1; 0 where the run's optimizer changes it. */
    int number(String path) {
        for (int i = 0; i < groups.size(); i++) {
            if (groups.get(i).parameters().stream().anyMatch(pattern -> PathPattern.of(pattern).matches(path))) {
                return i + 1;
            }
        }
        return 0;
    }

    /** What changes a group's parameters; empty where they are frozen. */
    Optional<Optimizer> optimizer(int number) {
        return number == 0 ? Optional.of(optimizer) : groups.get(number - 1).optimizer();
    }

    /** What changes a parameter; empty where it is frozen. */
    Optional<Optimizer> optimizer(String path) {
        return optimizer(number(path));
    }

    /** The values of those parameters that are not frozen. */
    <T> Map<String, T> trained(Map<String, T> parameters) {
        Map<String, T> trained = new LinkedHashMap<>(parameters);
        trained.keySet().removeIf(path -> optimizer(path).isEmpty());
        return trained;
    }

    /** A pattern that means nothing is a mistake, and so is a model of which nothing is trained. */
    void check(Collection<String> paths) {
        for (int i = 0; i < groups.size(); i++) {
            int number = i + 1;
            for (String pattern : groups.get(i).parameters()) {
                if (paths.stream().noneMatch(PathPattern.of(pattern)::matches)) {
                    throw wrong(i, "no parameter is called '" + pattern + "'; the model has " + String.join(", ", paths));
                }
            }
            if (paths.stream().noneMatch(path -> number(path) == number)) {
                throw wrong(i, "every parameter of this group belongs to one before it: the first group that matches counts, so put this one before");
            }
        }
        if (!paths.isEmpty() && paths.stream().allMatch(path -> optimizer(path).isEmpty())) {
            throw new LocatedShapeException(Part.OPTIMIZER, "groups", "all parameters are frozen, so there is nothing to train");
        }
    }

    private static LocatedShapeException wrong(int group, String message) {
        return new LocatedShapeException(Part.OPTIMIZER, "groups[" + group + "].parameters", message);
    }
}
