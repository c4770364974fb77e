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
 * Schedule-free SGD (Defazio et al., 2024): gradients are taken at y, between the plain iterate z and the average x of all iterates. No
 * schedule is needed, and no number of steps known before.
 *
 * <pre>
 * y  = (1 - beta) * z + beta * x
 * z &lt;- z - lr * (grad(y) + weightDecay * y)
 * c  = lr^2 / sum of all lr^2 so far             (1/t with a constant lr)
 * x &lt;- (1 - c) * x + c * z
 * </pre>
 *
 * What is trained is y, where the model computes gradients; {@link #evaluated} gives x, which is what the method promises about. Warm-up is
 * welcome, other schedules are not. Typical: lr 1 to 10 times that of sgd with momentum 0.9 times (1 - 0.9).
 *
 * <p>State: {@code z}, of the parameter's shape, the parameter at first, and the number {@code weightSum}.
 *
 * @param learningRate lr, parameter units per unit of gradient; at least 0
 * @param beta where between z and x the gradient is taken, in (0, 1)
 * @param weightDecay strength of the L2 penalty {@code weightDecay / 2 * |p|^2}; at least 0
 */
@Description("Schedule-free SGD: an average of the iterates takes the place of a learning-rate schedule.")
@Guide(
        formula = """
                y  = (1 - beta) * z + beta * x
                z <- z - lr * (grad(y) + weightDecay * y)
                c  = lr^2 / sum of all lr^2 so far             (1/t with a constant lr)
                x <- (1 - c) * x + c * z""",
        shapes = "Parameter and gradient have the same shape, any. State: z, of the parameter's shape, the parameter at first, and the "
                + "number weightSum.",
        use = "In place of sgd with a schedule, where the number of steps is not known before. Warm-up is welcome, other schedules "
                + "are not.",
        typical = "learningRate 1 to 10 times that of sgd with momentum 0.9 times (1 - 0.9).",
        source = "Defazio et al. (2024).")
public record ScheduleFreeSgd(
        @Description("Step length: what a gradient is multiplied by.") @Default("0.1") @Min(0) double learningRate,
        @Description("Where between the iterate and the average the gradient is taken.") @Default("0.9") @Positive @LessThan(1) double beta,
        @Description("L2 penalty: this times the parameter is added to the gradient.") @Default("0") @Min(0) double weightDecay)
        implements Optimizer {

    @Override
    public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
        Tensor y = parameter;
        Tensor z = state.get("z", parameter);
        Tensor g = weightDecay == 0 ? gradient : gradient.add(y.mul(weightDecay));
        Tensor zNext = z.sub(g.mul(step.learningRate()));
        Tensor weight = step.learningRate().square();
        Tensor sum = state.get("weightSum", parameter.constant(0)).add(weight);
        Tensor c = sum.greater(0).where(weight.div(sum), parameter.constant(0));
        Tensor x = average(y, z);
        Tensor xNext = x.add(zNext.sub(x).mul(c));
        return Update.of(zNext.mul(1 - beta).add(xNext.mul(beta))).with("z", zNext).with("weightSum", sum);
    }

    /** x, the average. */
    @Override
    public Tensor evaluated(Tensor parameter, State state) {
        return average(parameter, state.get("z", parameter));
    }

    private Tensor average(Tensor y, Tensor z) {
        return y.sub(z.mul(1 - beta)).div(beta);
    }
}
