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
 * AdaDelta (Zeiler, 2012): the step's units are those of the parameter, because the gradient is divided by its own root mean square and
 * multiplied by that of the steps; PyTorch's semantics.
 *
 * <pre>
 * g &lt;- g + weightDecay * p
 * s &lt;- rho * s + (1 - rho) * g^2
 * d  = sqrt(u + epsilon) / sqrt(s + epsilon) * g
 * u &lt;- rho * u + (1 - rho) * d^2
 * p &lt;- p - lr * d
 * </pre>
 *
 * When there is no time to look for a learning rate: the paper has none, which is lr 1. It starts slowly, from steps of about
 * sqrt(epsilon).
 *
 * <p>State: {@code meanSquare} (s) and {@code meanSquareStep} (u), of the parameter's shape.
 *
 * @param learningRate lr, a factor without unit on the paper's step; at least 0
 * @param rho how much of both means stays, in [0, 1)
 * @param epsilon in both roots; sets the size of the first steps; at least 0
 * @param weightDecay strength of the L2 penalty {@code weightDecay / 2 * |p|^2}; at least 0
 */
@Description("AdaDelta: steps that find their own size, from the running mean squares of gradients and steps.")
@Guide(
        formula = """
                g <- g + weightDecay * p
                s <- rho * s + (1 - rho) * g^2
                d  = sqrt(u + epsilon) / sqrt(s + epsilon) * g
                u <- rho * u + (1 - rho) * d^2
                p <- p - lr * d""",
        shapes = "Parameter and gradient have the same shape, any. State: meanSquare (s) and meanSquareStep (u), of the parameter's "
                + "shape.",
        use = "When there is no time to look for a learning rate. It starts slowly.",
        typical = "learningRate 1, rho 0.9 to 0.95.",
        source = "Zeiler (2012); as PyTorch's Adadelta.")
public record Adadelta(
        @Description("Factor on the step that the method finds by itself.") @Default("1.0") @Min(0) double learningRate,
        @Description("How much of the mean squares stays from step to step.") @Default("0.9") @Min(0) @LessThan(1) double rho,
        @Description("Added inside both roots; sets the size of the first steps.") @Default("1e-6") @Min(0) double epsilon,
        @Description("L2 penalty: this times the parameter is added to the gradient.") @Default("0") @Min(0) double weightDecay)
        implements Optimizer {

    @Override
    public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
        Tensor g = weightDecay == 0 ? gradient : gradient.add(parameter.mul(weightDecay));
        Tensor s = state.get("meanSquare", parameter.zerosLike()).mul(rho).add(g.square().mul(1 - rho));
        Tensor u = state.get("meanSquareStep", parameter.zerosLike());
        Tensor d = u.add(epsilon).sqrt().div(s.add(epsilon).sqrt()).mul(g);
        return Update.of(parameter.sub(d.mul(step.learningRate())))
                .with("meanSquare", s)
                .with("meanSquareStep", u.mul(rho).add(d.square().mul(1 - rho)));
    }
}
