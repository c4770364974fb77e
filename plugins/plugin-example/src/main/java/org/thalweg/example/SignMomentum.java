package org.thalweg.example;

import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.optim.State;
import org.thalweg.api.optim.Step;
import org.thalweg.api.optim.Update;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.LessThan;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Tensor;

/**
 * Steps of the same length for every number, in the direction of a momentum; the rule of Lion (Chen et al., 2023) without its weight decay.
 *
 * <pre>
 * p &lt;- p - lr * sign(beta1 * m + (1 - beta1) * g)
 * m &lt;- beta2 * m + (1 - beta2) * g
 * </pre>
 *
 * @param learningRate lr: how far every number moves in one step, in its own units; at least 0
 * @param beta1 how much of the momentum, against the gradient, decides on the direction; in [0, 1)
 * @param beta2 how much of the momentum stays from step to step; in [0, 1)
 */
@Description("Steps of the same length for every number, in the direction of a momentum.")
public record SignMomentum(
        @Description("How far every number moves in one step.") @Default("0.0001") @Min(0) double learningRate,
        @Description("Share of the momentum in the direction.") @Default("0.9") @Min(0) @LessThan(1) double beta1,
        @Description("Share of the momentum that stays.") @Default("0.99") @Min(0) @LessThan(1) double beta2)
        implements Optimizer {

    @Override
    public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
        Tensor m = state.get("m", parameter.zerosLike());
        Tensor direction = m.mul(beta1).add(gradient.mul(1 - beta1)).sign();

        return Update.of(parameter.sub(direction.mul(step.learningRate())))
                .with("m", m.mul(beta2).add(gradient.mul(1 - beta2)));
    }
}
