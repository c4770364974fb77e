package org.thalweg.optim;

import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.optim.State;
import org.thalweg.api.optim.Step;
import org.thalweg.api.optim.Update;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Tensor;

/**
 * Stochastic gradient descent with momentum (Polyak, 1964), or Nesterov's (1983) as Sutskever et al. (2013) rearrange it; PyTorch's
 * semantics.
 *
 * <pre>
 * g &lt;- g + weightDecay * p
 * v &lt;- momentum * v + (1 - dampening) * g      (at the first step: v &lt;- g)
 * p &lt;- p - lr * v                              (Nesterov: p &lt;- p - lr * (g + momentum * v))
 * </pre>
 *
 * State: {@code velocity}, of the parameter's shape, where momentum is not 0.
 *
 * @param learningRate lr, parameter units per unit of gradient; at least 0
 * @param momentum share of the velocity that stays; at least 0
 * @param dampening share of the gradient that does not enter the velocity
 * @param nesterov whether to step along the velocity that the next step will have; needs momentum, and dampening 0
 * @param weightDecay strength of the L2 penalty {@code weightDecay / 2 * |p|^2}; at least 0
 */
@Description("Stochastic gradient descent, with momentum or Nesterov's momentum; the semantics are PyTorch's.")
@Guide(
        formula = """
                g <- g + weightDecay * p
                v <- momentum * v + (1 - dampening) * g      (at the first step: v <- g)
                p <- p - lr * v                              (Nesterov: p <- p - lr * (g + momentum * v))""",
        shapes = "Parameter and gradient have the same shape, any. State: velocity, of the parameter's shape, where momentum is not 0.",
        use = "The plain choice: with momentum and a schedule often the best final accuracy, for convolutional networks above all; "
                + "it needs its learning rate found.",
        typical = "learningRate 0.1 to 0.01, momentum 0.9, weightDecay 0.0001 to 0.0005.",
        source = "Robbins and Monro (1951); momentum: Polyak (1964), Nesterov (1983), Sutskever et al. (2013); as PyTorch's SGD.")
public record Sgd(
        @Description("Step length: what a gradient is multiplied by.") @Default("0.01") @Min(0) double learningRate,
        @Description("Share of the velocity that stays from step to step; 0 is plain descent.") @Default("0") @Min(0) double momentum,
        @Description("Share of the gradient that does not enter the velocity.") @Default("0") double dampening,
        @Description("Whether to use Nesterov's momentum.") @Default("false") boolean nesterov,
        @Description("L2 penalty: this times the parameter is added to the gradient.") @Default("0") @Min(0) double weightDecay)
        implements Optimizer {

    /** Checks that Nesterov's momentum has what it needs. */
    public Sgd {
        if (nesterov && (momentum <= 0 || dampening != 0)) {
            throw new IllegalArgumentException("nesterov needs a momentum above 0 and a dampening of 0, but momentum is " + momentum
                    + " and dampening is " + dampening);
        }
    }

    @Override
    public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
        Tensor g = weightDecay == 0 ? gradient : gradient.add(parameter.mul(weightDecay));
        if (momentum == 0) {
            return Update.of(parameter.sub(g.mul(step.learningRate())));
        }
        Tensor before = state.get("velocity", parameter.zerosLike());
        Tensor v = step.isFirst().where(g, before.mul(momentum).add(g.mul(1 - dampening)));
        Tensor direction = nesterov ? g.add(v.mul(momentum)) : v;
        return Update.of(parameter.sub(direction.mul(step.learningRate()))).with("velocity", v);
    }
}
