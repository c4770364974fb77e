package org.thalweg.optim;

import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.optim.State;
import org.thalweg.api.optim.Step;
import org.thalweg.api.optim.Update;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.LessThan;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Tensor;

/**
 * AdaMax (Kingma and Ba, 2015, section 7.1): Adam with the largest recent gradient in place of the mean square; PyTorch's semantics.
 *
 * <pre>
 * g &lt;- g + weightDecay * p
 * m &lt;- beta1 * m + (1 - beta1) * g
 * u &lt;- max(beta2 * u, |g| + epsilon)
 * p &lt;- p - lr / (1 - beta1^t) * m / u
 * </pre>
 *
 * For gradients that are mostly zero with rare bursts, as of embeddings. Typical: lr 0.002.
 *
 * <p>State: {@code m} and {@code u}, of the parameter's shape.
 *
 * @param learningRate lr: about how far a parameter moves in one step, in its own units; at least 0
 * @param beta1 how much of m stays, in [0, 1)
 * @param beta2 how much of u stays, in [0, 1)
 * @param epsilon added to the absolute gradient, in its units; at least 0
 * @param weightDecay strength of the L2 penalty {@code weightDecay / 2 * |p|^2}; at least 0
 */
@Description("AdaMax: Adam with the largest recent gradient in place of the mean square.")
@Guide(
        formula = """
                g <- g + weightDecay * p
                m <- beta1 * m + (1 - beta1) * g
                u <- max(beta2 * u, |g| + epsilon)
                p <- p - lr / (1 - beta1^t) * m / u""",
        shapes = "Parameter and gradient have the same shape, any. State: m and u, of the parameter's shape.",
        use = "For gradients that are mostly zero with rare bursts, as of embeddings.",
        typical = "learningRate 0.002.",
        source = "Kingma and Ba (2015), section 7.1; as PyTorch's Adamax.")
public record Adamax(
        @Description("About how far a parameter moves in one step.") @Default("0.002") @Min(0) double learningRate,
        @Description("How much of the mean gradient stays from step to step.") @Default("0.9") @Min(0) @LessThan(1) double beta1,
        @Description("How much of the largest gradient stays from step to step.") @Default("0.999") @Min(0) @LessThan(1)
                double beta2,
        @Description("Added to the absolute gradient, so that the divisor is never 0.") @Default("1e-8") @Min(0) double epsilon,
        @Description("L2 penalty: this times the parameter is added to the gradient.") @Default("0") @Min(0) double weightDecay)
        implements Optimizer {

    @Override
    public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
        Tensor g = weightDecay == 0 ? gradient : gradient.add(parameter.mul(weightDecay));
        Tensor m = state.get("m", parameter.zerosLike()).mul(beta1).add(g.mul(1 - beta1));
        Tensor u = state.get("u", parameter.zerosLike()).mul(beta2).max(g.abs().add(epsilon));
        Tensor rate = step.learningRate().div(step.biasCorrection(beta1));
        return Update.of(parameter.sub(m.div(u).mul(rate))).with("m", m).with("u", u);
    }
}
