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
 * Gradient descent with momentum, as Polyak (1964) wrote it: a heavy ball that rolls down the loss.
 *
 * <pre>
 * v &lt;- momentum * v - lr * g
 * p &lt;- p + v
 * </pre>
 *
 * The velocity is a step in the parameter's units, so a change of lr acts on new gradients only; in {@code sgd} it acts on the whole
 * velocity at once. With a constant lr both are the same. Use it for long narrow valleys, where plain descent zigzags. Typical: lr 0.01 to
 * 0.1, momentum 0.9; with momentum the ball moves 1 / (1 - momentum) times as far as without.
 *
 * <p>State: {@code velocity}, of the parameter's shape, 0 at first.
 *
 * @param learningRate lr, parameter units per unit of gradient; at least 0
 * @param momentum share of the velocity that stays, in [0, 1)
 */
@Description("Classical momentum (Polyak): a heavy ball that rolls down the loss.")
@Guide(
        formula = """
                v <- momentum * v - lr * g
                p <- p + v""",
        shapes = "Parameter and gradient have the same shape, any. State: velocity, of the parameter's shape, 0 at first.",
        use = "For long narrow valleys, where plain descent zigzags. A change of the rate acts on new gradients only; in sgd it acts "
                + "on the whole velocity.",
        typical = "learningRate 0.01 to 0.1, momentum 0.9.",
        source = "Polyak (1964).")
public record Momentum(
        @Description("Step length: what a gradient is multiplied by.") @Default("0.01") @Min(0) double learningRate,
        @Description("Share of the velocity that stays from step to step.") @Default("0.9") @Min(0) @LessThan(1) double momentum)
        implements Optimizer {

    @Override
    public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
        Tensor v = state.get("velocity", parameter.zerosLike()).mul(momentum).sub(gradient.mul(step.learningRate()));
        return Update.of(parameter.add(v)).with("velocity", v);
    }
}
