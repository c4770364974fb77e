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
import org.thalweg.api.settings.Positive;
import org.thalweg.api.tensor.Tensor;

/**
 * LARS (You, Gitman and Ginsburg, 2017): momentum whose rate, for each parameter tensor, follows the ratio of the tensor's norm to its
 * gradient's.
 *
 * <pre>
 * local = trust * |p| / (|g| + weightDecay * |p|)      (1 where |p| or the divisor is 0)
 * v    &lt;- momentum * v + lr * local * (g + weightDecay * p)
 * p    &lt;- p - v
 * </pre>
 *
 * For convolutional networks with very large batches, with warm-up. Typical: lr 1 to 30, trust 0.001, weightDecay 0.0005.
 *
 * <p>State: {@code velocity}, of the parameter's shape.
 *
 * @param learningRate lr, a factor without unit on the local rate; at least 0
 * @param momentum share of the velocity that stays, in [0, 1)
 * @param weightDecay strength of the L2 penalty {@code weightDecay / 2 * |p|^2}; at least 0
 * @param trust how far a tensor moves in one step, as a share of its norm, at lr 1; above 0
 */
@Description("LARS: momentum with a rate for each parameter tensor from its norm; for very large batches.")
@Guide(
        formula = """
                local = trust * |p| / (|g| + weightDecay * |p|)      (1 where |p| or the divisor is 0)
                v    <- momentum * v + lr * local * (g + weightDecay * p)
                p    <- p - v""",
        shapes = "Parameter and gradient have the same shape, any. State: velocity, of the parameter's shape.",
        use = "For convolutional networks with very large batches, with warm-up.",
        typical = "learningRate 1 to 30, trust 0.001, weightDecay 0.0005.",
        source = "You, Gitman and Ginsburg (2017).")
public record Lars(
        @Description("Factor on the rate that each tensor gets from its norm.") @Default("1.0") @Min(0) double learningRate,
        @Description("Share of the velocity that stays from step to step.") @Default("0.9") @Min(0) @LessThan(1) double momentum,
        @Description("L2 penalty: this times the parameter is added to the gradient.") @Default("0") @Min(0) double weightDecay,
        @Description("How far a tensor moves in one step, as a share of its norm, at learning rate 1.") @Default("0.001") @Positive
                double trust)
        implements Optimizer {

    @Override
    public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
        Tensor size = parameter.square().sum().sqrt();
        Tensor divisor = gradient.square().sum().sqrt().add(size.mul(weightDecay));
        Tensor local = size.greater(0).and(divisor.greater(0)).where(size.mul(trust).div(divisor), parameter.constant(1));
        Tensor g = weightDecay == 0 ? gradient : gradient.add(parameter.mul(weightDecay));
        Tensor v = state.get("velocity", parameter.zerosLike()).mul(momentum).add(g.mul(local.mul(step.learningRate())));
        return Update.of(parameter.sub(v)).with("velocity", v);
    }
}
