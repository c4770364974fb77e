package org.thalweg.autodiff.compile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.autodiff.graph.Expression;

/**
 * What a program is to do at every run.
 *
 * @param outputs values that the caller reads after the run
 * @param updates the next value of variables; all are computed from the values before the run
 * @param finite floating-point values that must be finite for the updates to happen; may be empty
 */
public record Computation(List<Expression> outputs, Map<Expression, Expression> updates, List<Expression> finite) {
    /** Copies the collections and checks that each update fits its variable. */
    public Computation {
        outputs = List.copyOf(outputs);
        updates = Collections.unmodifiableMap(new LinkedHashMap<>(updates));
        finite = List.copyOf(finite);
        updates.forEach((variable, next) -> {
            if (!variable.shape().equals(next.shape()) || variable.dtype() != next.dtype()) {
                throw new IllegalArgumentException("the next value of " + variable + " is " + next + ", another shape or type");
            }
        });
    }

    /** Only values, nothing updated. */
    public static Computation of(List<Expression> outputs) {
        return new Computation(outputs, Map.of(), List.of());
    }
}
