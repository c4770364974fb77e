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
 * Schedule-free AdamW (Defazio et al., 2024, algorithm 1): AdamW whose momentum is an average of the iterates, in place of a schedule.
 *
 * <pre>
 * rate = lr * sqrt(1 - beta2^t)
 * y    = (1 - beta1) * z + beta1 * x
 * v   &lt;- beta2 * v + (1 - beta2) * grad(y)^2
 * z   &lt;- z - rate * grad(y) / (sqrt(v) + epsilon) - rate * weightDecay * y
 * c    = rate^2 / sum of all rate^2 so far
 * x   &lt;- (1 - c) * x + c * z
 * </pre>
 *
 * What is trained is y, where the model computes gradients; {@link #evaluated} gives x. Warm-up is welcome, other schedules are not.
 * Typical: lr 0.0025, one to ten times AdamW's.
 *
 * <p>State: {@code z} and {@code v}, of the parameter's shape, z the parameter at first, and the number {@code weightSum}.
 *
 * @param learningRate lr: about how far a parameter moves in one step, in its own units; at least 0
 * @param beta1 where between z and x the gradient is taken, in (0, 1)
 * @param beta2 how much of v stays, in [0, 1)
 * @param epsilon keeps the quotient finite where gradients vanish; at least 0
 * @param weightDecay share of the parameter, times lr, that is taken off at every step, apart from the gradient; at least 0
 */
@Description("Schedule-free AdamW: an average of the iterates takes the place of a learning-rate schedule.")
@Guide(
        formula = """
                rate = lr * sqrt(1 - beta2^t)
                y    = (1 - beta1) * z + beta1 * x
                v   <- beta2 * v + (1 - beta2) * grad(y)^2
                z   <- z - rate * grad(y) / (sqrt(v) + epsilon) - rate * weightDecay * y
                c    = rate^2 / sum of all rate^2 so far
                x   <- (1 - c) * x + c * z""",
        shapes = "Parameter and gradient have the same shape, any. State: z and v, of the parameter's shape, z the parameter at first, "
                + "and the number weightSum.",
        use = "In place of adamw with a schedule, where the number of steps is not known before. Warm-up is welcome, other schedules "
                + "are not.",
        typical = "learningRate 0.0025, one to ten times AdamW's.",
        source = "Defazio et al. (2024), algorithm 1.")
public record ScheduleFreeAdamW(
        @Description("About how far a parameter moves in one step.") @Default("0.0025") @Min(0) double learningRate,
        @Description("Where between the iterate and the average the gradient is taken.") @Default("0.9") @Positive @LessThan(1)
                double beta1,
        @Description("How much of the mean squared gradient stays from step to step.") @Default("0.999") @Min(0) @LessThan(1)
                double beta2,
        @Description("Added to the divisor, so that it is never 0.") @Default("1e-8") @Min(0) double epsilon,
        @Description("Decoupled weight decay: at every step the parameter shrinks by this times the learning rate.") @Default("0") @Min(0)
                double weightDecay)
        implements Optimizer {

    @Override
    public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
        Tensor y = parameter;
        Tensor z = state.get("z", parameter);
        Tensor v = state.get("v", parameter.zerosLike()).mul(beta2).add(gradient.square().mul(1 - beta2));
        Tensor rate = step.learningRate().mul(step.biasCorrection(beta2).sqrt());
        Tensor direction = gradient.div(v.sqrt().add(epsilon));
        Tensor zNext = z.sub((weightDecay == 0 ? direction : direction.add(y.mul(weightDecay))).mul(rate));
        Tensor weight = rate.square();
        Tensor sum = state.get("weightSum", parameter.constant(0)).add(weight);
        Tensor c = sum.greater(0).where(weight.div(sum), parameter.constant(0));
        Tensor x = average(y, z);
        Tensor xNext = x.add(zNext.sub(x).mul(c));
        return Update.of(zNext.mul(1 - beta1).add(xNext.mul(beta1))).with("z", zNext).with("v", v).with("weightSum", sum);
    }

    /** x, the average. */
    @Override
    public Tensor evaluated(Tensor parameter, State state) {
        return average(parameter, state.get("z", parameter));
    }

    private Tensor average(Tensor y, Tensor z) {
        return y.sub(z.mul(1 - beta1)).div(beta1);
    }
}
