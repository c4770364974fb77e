package org.thalweg.autodiff.layer;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Tensor;

/**
 * A rectifier that lets a little through (Maas et al., 2013): {@code x} where x is above 0, {@code negativeSlope * x} elsewhere.
 *
 * @param negativeSlope the slope below 0, and at 0
 */
@Description("x above 0, negativeSlope * x below.")
public record LeakyRelu(@Description("Slope below 0.") @Default("0.01") double negativeSlope) implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        return input.greater(0).where(input, input.mul(negativeSlope));
    }
}
