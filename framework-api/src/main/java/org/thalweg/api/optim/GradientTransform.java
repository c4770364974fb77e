package org.thalweg.api.optim;

import java.util.Map;
import org.thalweg.api.plugin.Stable;
import org.thalweg.api.tensor.Tensor;

/** Something done to all gradients before the optimizer sees them: clipping by the global norm, weight decay. Traced once. */
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
}
