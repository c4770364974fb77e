package com.example.embedding;

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
 * Momentum: {@code v = momentum · v + g}, {@code p = p - learningRate · v}.
 *
 * @param learningRate length of a step
 * @param momentum how much of the velocity stays
 */
@Description("Momentum: a heavy ball that rolls down the valley.")
public record HeavyBall(
        @Description("Length of a step.") @Default("0.01") @Min(0) double learningRate,
        @Description("How much of the velocity stays.") @Default("0.9") @Min(0) @LessThan(1) double momentum)
        implements Optimizer {
    @Override
    public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
        Tensor velocity = state.get("velocity", parameter.zerosLike()).mul(momentum).add(gradient);
        return Update.of(parameter.sub(velocity.mul(step.learningRate()))).with("velocity", velocity);
    }
}
