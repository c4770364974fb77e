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
 * AdaGrad (Duchi, Hazan and Singer, 2011): each parameter's step is divided by the root of the sum of all its squared gradients, so
 * that rare features take large steps; PyTorch's semantics.
 *
 * <pre>
 * g &lt;- g + weightDecay * p
 * s &lt;- s + g^2                                 (at first s = initialAccumulator)
 * p &lt;- p - lr / (1 + (t - 1) * lrDecay) * g / (sqrt(s) + epsilon)
 * </pre>
 *
 * For sparse features and convex problems. The sum only grows, so the steps die out; {@code rmsprop} forgets instead. Typical: lr 0.01 to
 * 0.1.
 *
 * <p>State: {@code sum}, of the parameter's shape.
 *
 * @param learningRate lr: how far a parameter moves in the first step, in its own units; at least 0
 * @param lrDecay how fast lr falls with the number of steps t, on top of any schedule; at least 0
 * @param weightDecay strength of the L2 penalty {@code weightDecay / 2 * |p|^2}; at least 0
 * @param initialAccumulator the first value of s, in units of the squared gradient; at least 0
 * @param epsilon keeps the quotient finite where gradients vanish; at least 0
 */
@Description("AdaGrad: steps divided by the root of the sum of all squared gradients.")
@Guide(
        formula = """
                g <- g + weightDecay * p
                s <- s + g^2                                 (at first s = initialAccumulator)
                p <- p - lr / (1 + (t - 1) * lrDecay) * g / (sqrt(s) + epsilon)""",
        shapes = "Parameter and gradient have the same shape, any. State: sum, of the parameter's shape.",
        use = "For sparse features and convex problems. The sum only grows, so the steps die out; rmsprop forgets instead.",
        typical = "learningRate 0.01 to 0.1.",
        source = "Duchi, Hazan and Singer (2011); as PyTorch's Adagrad.")
public record Adagrad(
        @Description("How far a parameter moves in the first step.") @Default("0.01") @Min(0) double learningRate,
        @Description("How fast the learning rate falls with the number of steps.") @Default("0") @Min(0) double lrDecay,
        @Description("L2 penalty: this times the parameter is added to the gradient.") @Default("0") @Min(0) double weightDecay,
        @Description("First value of the sum of squared gradients.") @Default("0") @Min(0) double initialAccumulator,
        @Description("Added to the divisor, so that it is never 0.") @Default("1e-10") @Min(0) double epsilon)
        implements Optimizer {

    @Override
    public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
        Tensor g = weightDecay == 0 ? gradient : gradient.add(parameter.mul(weightDecay));
        Tensor s = state.get("sum", parameter.constant(initialAccumulator).broadcastTo(parameter.shape())).add(g.square());
        Tensor rate = step.learningRate().div(step.number().sub(1).mul(lrDecay).add(1));
        return Update.of(parameter.sub(g.div(s.sqrt().add(epsilon)).mul(rate))).with("sum", s);
    }
}
