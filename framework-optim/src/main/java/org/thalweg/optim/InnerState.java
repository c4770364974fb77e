package org.thalweg.optim;

import java.util.Map;
import org.thalweg.api.optim.State;
import org.thalweg.api.optim.Update;
import org.thalweg.api.tensor.Tensor;

/** The state of an optimizer inside another one: the same tensors, under names of their own. */
final class InnerState {
    private InnerState() {}

    /** What the inner optimizer sees of the outer one's state. */
    static State of(State state, String prefix) {
        return (name, initial) -> state.get(prefix + name, initial);
    }

    /** The inner optimizer's state, as the outer one returns it, with the outer one's parameter. */
    static Update renamed(Update inner, String prefix, Tensor parameter) {
        Update update = Update.of(parameter);
        for (Map.Entry<String, Tensor> entry : inner.state().entrySet()) {
            update = update.with(prefix + entry.getKey(), entry.getValue());
        }
        return update;
    }
}
