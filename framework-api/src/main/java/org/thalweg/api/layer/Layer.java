package org.thalweg.api.layer;

import org.thalweg.api.plugin.Stable;
import org.thalweg.api.tensor.Tensor;

/**
 * A piece of a model. One method both declares the parameters and computes: whatever the context is asked for under a name is the same
 * parameter every time. Traced once for each shape and mode.
 */
@Stable
public interface Layer {
    /**
     * The output for a batch.
     *
     * @param context gives parameters, running state and random numbers, and knows whether this is training
     * @param input a batch; the first axis counts its rows
     */
    Tensor apply(LayerContext context, Tensor input);
}
