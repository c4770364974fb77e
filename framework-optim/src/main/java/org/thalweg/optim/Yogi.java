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
 * Yogi (Zaheer et al., 2018): Adam whose mean square moves by a share of the squared gradient whatever its own size, so that it falls
 * slowly.
 *
 * <pre>
 * m &lt;- beta1 * m + (1 - beta1) * g
 * v &lt;- v - (1 - beta2) * sign(v - g^2) * g^2   (at first v = initialAccumulator)
 * p &lt;- p - lr * m / (sqrt(v) + epsilon)
 * </pre>
 *
 * As in the paper's algorithm there is no bias correction. For gradients that are sparse or change much in size. Typical: lr 0.01.
 *
 * <p>State: {@code m} and {@code v}, of the parameter's shape.
 *
 * @param learningRate lr: about how far a parameter moves in one step, in its own units; at least 0
 * @param beta1 how much of m stays, in [0, 1)
 * @param beta2 how little v moves, in [0, 1)
 * @param epsilon keeps the quotient finite where gradients vanish; at least 0
 * @param initialAccumulator the first value of v, in units of the squared gradient; at least 0
 * @param weightDecay share of the parameter, times lr, that is taken off at every step, apart from the gradient; at least 0
 */
@Description("Yogi: Adam whose mean square falls slowly.")
@Guide(
        formula = """
                m <- beta1 * m + (1 - beta1) * g
                v <- v - (1 - beta2) * sign(v - g^2) * g^2   (at first v = initialAccumulator)
                p <- p - lr * m / (sqrt(v) + epsilon)""",
        shapes = "Parameter and gradient have the same shape, any. State: m and v, of the parameter's shape.",
        use = "For gradients that are sparse or change much in size.",
        typical = "learningRate 0.01.",
        source = "Zaheer et al. (2018).")
public record Yogi(
        @Description("About how far a parameter moves in one step.") @Default("0.01") @Min(0) double learningRate,
        @Description("How much of the mean gradient stays from step to step.") @Default("0.9") @Min(0) @LessThan(1) double beta1,
        @Description("1 less this is the share of a squared gradient by which v moves.") @Default("0.999") @Min(0) @LessThan(1)
                double beta2,
        @Description("Added to the divisor, so that it is never 0.") @Default("0.001") @Min(0) double epsilon,
        @Description("First value of v.") @Default("1e-6") @Min(0) double initialAccumulator,
        @Description("Decoupled weight decay: at every step the parameter shrinks by this times the learning rate.") @Default("0") @Min(0)
                double weightDecay)
        implements Optimizer {

    @Override
    public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
        Tensor p = weightDecay == 0 ? parameter : parameter.sub(parameter.mul(step.learningRate().mul(weightDecay)));
        Tensor m = state.get("m", parameter.zerosLike()).mul(beta1).add(gradient.mul(1 - beta1));
        Tensor square = gradient.square();
        Tensor before = state.get("v", parameter.constant(initialAccumulator).broadcastTo(parameter.shape()));
        Tensor v = before.sub(before.sub(square).sign().mul(square).mul(1 - beta2));
        return Update.of(p.sub(m.div(v.sqrt().add(epsilon)).mul(step.learningRate()))).with("m", m).with("v", v);
    }
}
