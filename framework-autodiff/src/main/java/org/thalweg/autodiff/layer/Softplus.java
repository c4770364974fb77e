package org.thalweg.autodiff.layer;

import java.util.Optional;
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
 * @param threshold where {@code beta * x} is above it, x itself is taken, as PyTorch does above 20; if absent, nowhere
 */
@Description("A smooth rectifier, log(1 + exp(beta * x)) / beta.")
public record Softplus(
        @Description("How sharp the bend at 0 is.") @Default("1") @Positive double beta,
        @Description("Above which beta * x is taken for so large that x itself is the result; if absent, none is.") Optional<Double> threshold)
        implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Tensor scaled = input.mul(beta);
        Tensor smooth = scaled.softplus().div(beta);
        return threshold.isPresent() ? scaled.greater(threshold.get()).where(input, smooth) : smooth;
    }
}
