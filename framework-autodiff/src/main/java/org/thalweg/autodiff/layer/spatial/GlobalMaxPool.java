package org.thalweg.autodiff.layer.spatial;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;

/** The largest element of each channel over all spatial axes, from [n, c, s...] to [n, c]. The gradient goes to the first of equals. */
@Description("The largest element of each channel.")
public record GlobalMaxPool() implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Axes axes = Axes.of("global-max-pool", context, input, Integer.MAX_VALUE - 2);
        if (axes.spatial().size() == 0) {
            throw axes.mistake("the input has no elements: " + input.shape());
        }
        return MaxPool.largest(input.reshape(Shape.of(input.shape().extent(0), input.shape().extent(1), (int) axes.spatial().size())), 2);
    }
}
