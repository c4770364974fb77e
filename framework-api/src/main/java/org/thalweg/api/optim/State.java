package org.thalweg.api.optim;

import org.thalweg.api.plugin.Stable;
import org.thalweg.api.tensor.Tensor;

/** The named tensors that an optimizer keeps for one parameter. */
@Stable
public interface State {
    /**
     * The tensor's value before this step.
     *
     * @param name unique within the optimizer, camelCase; checkpoints use it
     * @param initial its value before the first step: a constant expression, such as {@code parameter.zerosLike()}, or the parameter
     *     itself, whose initial value is then copied
     */
    Tensor get(String name, Tensor initial);
}
