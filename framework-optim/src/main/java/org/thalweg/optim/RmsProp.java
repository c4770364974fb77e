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
 * RMSProp (Hinton's lecture 6e, 2012; centred: Graves, 2013): the step is divided by a running root mean square of the gradients; PyTorch's
 * semantics.
 *
 * <pre>
 * g &lt;- g + weightDecay * p
 * s &lt;- alpha * s + (1 - alpha) * g^2
 * a &lt;- alpha * a + (1 - alpha) * g             (centred only)
 * d  = g / (sqrt(s) + epsilon)                 (centred: sqrt(s - a^2), the standard deviation)
 * v &lt;- momentum * v + d
 * p &lt;- p - lr * v
 * </pre>
 *
 * For recurrent networks and other problems whose gradients change in size. Rounding can make {@code s - a^2} slightly negative; it then
 * counts as 0. Typical: lr 0.001 to 0.01, alpha 0.9 to 0.99.
 *
 * <p>State: {@code meanSquare}; {@code mean} where centred; {@code velocity} where momentum is not 0; all of the parameter's shape.
 *
 * @param learningRate lr: about how far a parameter moves in one step, in its own units; at least 0
 * @param alpha how much of the mean square stays, in [0, 1)
 * @param centred whether to divide by the standard deviation instead of the root mean square
 * @param momentum share of the velocity that stays; at least 0
 * @param weightDecay strength of the L2 penalty {@code weightDecay / 2 * |p|^2}; at least 0
 * @param epsilon keeps the quotient finite where gradients vanish; at least 0
 */
@Description("RMSProp: steps divided by a running root mean square of the gradients; centred and with momentum if wished.")
@Guide(
        formula = """
                g <- g + weightDecay * p
                s <- alpha * s + (1 - alpha) * g^2
                a <- alpha * a + (1 - alpha) * g             (centred only)
                d  = g / (sqrt(s) + epsilon)                 (centred: sqrt(s - a^2), the standard deviation)
                v <- momentum * v + d
                p <- p - lr * v""",
        shapes = "Parameter and gradient have the same shape, any. State: meanSquare; mean where centred; velocity where momentum is "
                + "not 0; all of the parameter's shape.",
        use = "For recurrent networks, reinforcement learning and other problems whose gradients change in size.",
        typical = "learningRate 0.001 to 0.01, alpha 0.9 to 0.99.",
        source = "Hinton, lecture 6e (2012); centred: Graves (2013); as PyTorch's RMSprop.")
public record RmsProp(
        @Description("About how far a parameter moves in one step.") @Default("0.01") @Min(0) double learningRate,
        @Description("How much of the mean squared gradient stays from step to step.") @Default("0.99") @Min(0) @LessThan(1)
                double alpha,
        @Description("Whether to divide by the standard deviation.") @Default("false") boolean centred,
        @Description("Share of the velocity that stays from step to step; 0 is none.") @Default("0") @Min(0) double momentum,
        @Description("L2 penalty: this times the parameter is added to the gradient.") @Default("0") @Min(0) double weightDecay,
        @Description("Added to the divisor, so that it is never 0.") @Default("1e-8") @Min(0) double epsilon)
        implements Optimizer {

    @Override
    public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
        Tensor g = weightDecay == 0 ? gradient : gradient.add(parameter.mul(weightDecay));
        Tensor s = state.get("meanSquare", parameter.zerosLike()).mul(alpha).add(g.square().mul(1 - alpha));
        Update update = Update.of(parameter).with("meanSquare", s);
        Tensor variance = s;
        if (centred) {
            Tensor a = state.get("mean", parameter.zerosLike()).mul(alpha).add(g.mul(1 - alpha));
            update = update.with("mean", a);
            variance = s.sub(a.square()).max(0.0);
        }
        Tensor v = g.div(variance.sqrt().add(epsilon));
        if (momentum != 0) {
            v = state.get("velocity", parameter.zerosLike()).mul(momentum).add(v);
            update = update.with("velocity", v);
        }
        return new Update(parameter.sub(v.mul(step.learningRate())), update.state());
    }
}
