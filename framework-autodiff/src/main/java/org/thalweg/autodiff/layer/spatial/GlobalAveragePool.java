package org.thalweg.autodiff.layer.spatial;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.plugin.Named;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Tensor;

/** The mean of each channel over all spatial axes, from [n, c, s...] to [n, c]. */
@Description("The mean of each channel.")
public record GlobalAveragePool() implements Layer, Named {

    @Override
    public String registeredName() {
        return "global-avg-pool";
    }

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Axes axes = Axes.of("global-avg-pool", context, input, Integer.MAX_VALUE - 2);
        if (axes.spatial().size() == 0) {
            throw axes.mistake("the input has no elements: " + input.shape());
        }
        return input.mean(axes.numbers());
    }
}
