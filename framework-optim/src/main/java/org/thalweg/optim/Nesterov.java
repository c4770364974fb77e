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
 * Nesterov's accelerated gradient (1983) with the momentum of Sutskever et al. (2013): the gradient is taken where the velocity is about to
 * carry the parameter.
 *
 * <pre>
 * v &lt;- momentum * v - lr * grad(p + momentum * v)
 * p &lt;- p + v
 * </pre>
 *
 * A model computes gradients where its parameters are, so what is trained here is the look-ahead point {@code y = p + momentum * v}; p
 * comes back from {@link #evaluated}. With a constant lr, y moves exactly as {@code sgd} with {@code nesterov: true}, which is this rule
 * rearranged. Typical: lr 0.01 to 0.1, momentum 0.9 to 0.99.
 *
 * <p>State: {@code velocity}, of the parameter's shape, 0 at first.
 *
 * @param learningRate lr, parameter units per unit of gradient; at least 0
 * @param momentum share of the velocity that stays, in [0, 1)
 */
@Description("Nesterov's momentum in its look-ahead form: the gradient is taken where the velocity leads.")
@Guide(
        formula = """
                v <- momentum * v - lr * grad(p + momentum * v)
                p <- p + v""",
        shapes = "Parameter and gradient have the same shape, any. State: velocity, of the parameter's shape, 0 at first.",
        use = "As momentum, with fewer swings: the gradient already sees where the velocity leads.",
        typical = "learningRate 0.01 to 0.1, momentum 0.9 to 0.99.",
        source = "Nesterov (1983); Sutskever et al. (2013).")
public record Nesterov(
        @Description("Step length: what a gradient is multiplied by.") @Default("0.01") @Min(0) double learningRate,
        @Description("Share of the velocity that stays from step to step.") @Default("0.9") @Min(0) @LessThan(1) double momentum)
        implements Optimizer {

    @Override
    public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
        Tensor before = state.get("velocity", parameter.zerosLike());
        Tensor p = parameter.sub(before.mul(momentum));
        Tensor v = before.mul(momentum).sub(gradient.mul(step.learningRate()));
        Tensor next = p.add(v);
        return Update.of(next.add(v.mul(momentum))).with("velocity", v);
    }

    /** p, behind the look-ahead point by the velocity's share. */
    @Override
    public Tensor evaluated(Tensor parameter, State state) {
        return parameter.sub(state.get("velocity", parameter.zerosLike()).mul(momentum));
    }
}
