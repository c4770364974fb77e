package org.thalweg.autodiff.layer;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Tensor;

/**
 * Gaussian error linear unit (Hendrycks and Gimpel, 2016): {@code x * Phi(x)} with the normal distribution function
 * {@code Phi(x) = (1 + erf(x / sqrt(2))) / 2}, or its approximation
 * {@code (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x^3))) / 2}.
 *
 * @param approximate whether and how Phi is approximated
 */
@Description("x times the normal distribution function of x.")
public record Gelu(
        @Description("Whether to approximate: none, or tanh as the first transformers did.") @Default("none") Approximation approximate)
        implements Layer {

    /** How the normal distribution function is computed. */
    public enum Approximation {
        /** Exactly, by the error function. */
        NONE,
        /** By a hyperbolic tangent, within 0.0005. */
        TANH
    }

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Tensor x = input;
        Tensor twicePhi = switch (approximate) {
            case NONE -> x.div(Math.sqrt(2)).erf().add(1);
            case TANH -> x.add(x.pow(3).mul(0.044715)).mul(Math.sqrt(2 / Math.PI)).tanh().add(1);
        };
        return x.mul(0.5).mul(twicePhi);
    }
}
