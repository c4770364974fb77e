package org.thalweg.autodiff.layer;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.plugin.Named;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Tensor;

/**
 * x moved towards 0 by lambda (Donoho, 1995), and 0 where it is not further away than that.
 *
 * @param lambda how far; at least 0
 */
@Description("x moved towards 0 by lambda, or 0.")
public record SoftShrink(@Description("How far.") @Default("0.5") @Min(0) double lambda) implements Layer, Named {

    @Override
    public String registeredName() {
        return "softshrink";
    }

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Tensor x = input;
        return x.greater(lambda).where(x.sub(lambda), x.less(-lambda).where(x.add(lambda), x.constant(0)));
    }
}
