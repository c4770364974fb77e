package org.thalweg.autodiff.layer;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.plugin.Named;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Tensor;

/**
 * x, but 0 where it is not further from 0 than lambda.
 *
 * @param lambda how near; at least 0
 */
@Description("x, but 0 near 0.")
public record HardShrink(@Description("How near.") @Default("0.5") @Min(0) double lambda) implements Layer, Named {

    @Override
    public String registeredName() {
        return "hardshrink";
    }

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        return input.abs().lessOrEqual(lambda).where(input.constant(0), input);
    }
}
