package org.thalweg.api.optim;

import java.util.Map;
import org.thalweg.api.plugin.Stable;
import org.thalweg.api.tensor.Tensor;

/**
 * Something done to all gradients before the optimizer sees them, as clipping by the global norm, or to all parameters after it, as
 * decoupled weight decay. Traced once.
 */
@Stable
public interface GradientTransform {
    /**
     * The gradients to use instead.
     *
     * @param gradients by the parameter's path, as {@code 0.weight}
     * @param parameters by the same paths
     * @return a gradient of the same shape for every path
     */
    Map<String, Tensor> apply(Map<String, Tensor> gradients, Map<String, Tensor> parameters, Step step);

    /**
     * The next parameters to use instead of what the optimizer returned. Transforms are asked in the order of their gradients.
     *
     * @param next what the optimizer returned, by the parameter's path
     * @param parameters before the step, by the same paths
     * @return a value of the same shape for every path
     */
    default Map<String, Tensor> afterUpdate(Map<String, Tensor> next, Map<String, Tensor> parameters, Step step) {
        return next;
    }
}
