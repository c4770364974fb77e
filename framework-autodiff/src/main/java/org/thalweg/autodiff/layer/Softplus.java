package org.thalweg.autodiff.layer;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Positive;
import org.thalweg.api.tensor.Tensor;

/**
 * A smooth rectifier (Dugas et al., 2001): {@code log(1 + exp(beta * x)) / beta}; stable at both ends.
 *
 * @param beta how sharp the bend is; above 0
 */
@Description("A smooth rectifier, log(1 + exp(beta * x)) / beta.")
public record Softplus(@Description("How sharp the bend at 0 is.") @Default("1") @Positive double beta) implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        return input.mul(beta).softplus().div(beta);
    }
}
