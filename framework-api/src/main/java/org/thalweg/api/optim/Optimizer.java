package org.thalweg.api.optim;

import org.thalweg.api.plugin.Stable;
import org.thalweg.api.tensor.Tensor;

/**
 * A rule that turns a parameter and its gradient into the next parameter. Immutable: what it remembers between steps is in the
 * {@link State}. The rule is traced once, not called at every step, so it must not branch on anything but its own settings and shapes.
 *
 * <p>Usually a record: {@code public record Sgd(@Default("0.01") double learningRate) implements Optimizer}.
 */
@Stable
public interface Optimizer {
    /** The base learning rate, a setting. A schedule scales it; the rule reads the result from {@link Step#learningRate()}. */
    double learningRate();

    /**
     * One step for one parameter.
     *
     * @param parameter the current value
     * @param gradient of the loss with respect to the parameter, same shape
     * @param state tensors kept from step to step, for this parameter
     * @param step the numbers of this step
     * @return the next parameter and the next value of every state tensor that changes
     */
    Update update(Tensor parameter, Tensor gradient, State state, Step step);

    /**
     * The value to evaluate and to save, where it is not the parameter that is trained: an average over the steps, for one. Traced like
     * {@link #update}, with the state as it is after a step; it may read the state, but changes nothing.
     *
     * @param parameter the current value
     * @param state tensors kept from step to step, for this parameter
     */
    default Tensor evaluated(Tensor parameter, State state) {
        return parameter;
    }

    /**
     * Whether a step changes only those rows of a table that the batch picked by number, as an embedding does, with only their state: the others then cost
     * nothing. {@link #update} is given those rows, one for each pick, and must compute element by element. Parameters that are no such table are
     * updated whole.
     */
    default boolean rowSparse() {
        return false;
    }

    /** Whether a step always takes the whole training set, as plain gradient descent does; the configured batch size then does not count. */
    default boolean wholeDataset() {
        return false;
    }
}
