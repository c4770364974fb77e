package org.thalweg.loss;

import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Tensor;

/**
 * Negative log-likelihood of counts t, in nats. With the input x as the logarithm of the rate, {@code exp(x) - t * x}; with the rate itself ({@code
 * logInput: false}), {@code x - t * log(x + epsilon)}. The part log t! that does not depend on x is left out, or with {@code full} approximated by
 * Stirling: {@code t * log t - t + log(2 * pi * t) / 2} for t above 1. Input and target have the same shape, any; the mean is over all elements.
 *
 * @param logInput whether the input is the logarithm of the rate
 * @param full whether to add Stirling's approximation
 * @param epsilon added to the rate, at least 0
 * @param reduction how the elements become one number
 */
@Description("Negative log-likelihood of counts.")
@Guide(
        formula = """
                exp(x) - t * x                             x the logarithm of the rate
                x - t * log(x + epsilon)                   without logInput: x the rate
                  + t * log t - t + log(2 * pi * t) / 2    with full, where t > 1""",
        shapes = "Input and target have the same shape, any; one element for each number.",
        use = "For regression of counts: visits, events, photons.",
        source = "Maximum likelihood of Poisson's distribution (1837), with Stirling's formula; as PyTorch's PoissonNLLLoss.")
public record PoissonNegativeLogLikelihood(
        @Description("Whether the input is the logarithm of the rate.") @Default("true") boolean logInput,
        @Description("Whether to add Stirling's approximation of log t!.") @Default("false") boolean full,
        @Description("Added to the rate before its logarithm is taken.") @Default("1e-8") @Min(0) double epsilon,
        @Description("How the elements become one number.") @Default("mean") Reduction reduction)
        implements Loss {

    @Override
    public Elements elements(LossInputs inputs) {
        Tensor x = inputs.input();
        Tensor t = inputs.targetLikeInput();
        Tensor values = logInput ? x.exp().sub(t.mul(x)) : x.sub(t.mul(x.add(epsilon).log()));
        return Elements.of(full ? values.add(logFactorial(t)) : values);
    }

    private static Tensor logFactorial(Tensor t) {
        Tensor many = t.greater(1);
        Tensor n = many.where(t, t.constant(1));
        Tensor stirling = n.mul(n.log()).sub(n).add(n.mul(2 * Math.PI).log().mul(0.5));
        return many.where(stirling, t.constant(0));
    }
}
