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
 * Lion (Chen et al., 2023): a rule found by a program search. The sign of an interpolated momentum, so every number moves by lr.
 *
 * <pre>
 * u  = sign(beta1 * m + (1 - beta1) * g)
 * p &lt;- p - lr * (u + weightDecay * p)
 * m &lt;- beta2 * m + (1 - beta2) * g
 * </pre>
 *
 * Half of Adam's memory. Typical: lr a third to a tenth of AdamW's, weightDecay three to ten times AdamW's, large batches.
 *
 * <p>State: {@code m}, of the parameter's shape.
 *
 * @param learningRate lr: how far every number moves in one step, in its own units; at least 0
 * @param beta1 how much of the momentum, against the gradient, decides on the direction, in [0, 1)
 * @param beta2 how much of the momentum stays, in [0, 1)
 * @param weightDecay share of the parameter, times lr, that is taken off at every step, apart from the gradient; at least 0
 */
@Description("Lion: the sign of a momentum; every number moves by the learning rate.")
@Guide(
        formula = """
                u  = sign(beta1 * m + (1 - beta1) * g)
                p <- p - lr * (u + weightDecay * p)
                m <- beta2 * m + (1 - beta2) * g""",
        shapes = "Parameter and gradient have the same shape, any. State: m, of the parameter's shape.",
        use = "In place of AdamW with large batches; it needs half of Adam's memory.",
        typical = "learningRate a third to a tenth of AdamW's, weightDecay three to ten times AdamW's.",
        source = "Chen et al. (2023).")
public record Lion(
        @Description("How far every number moves in one step.") @Default("0.0001") @Min(0) double learningRate,
        @Description("Share of the momentum in the direction.") @Default("0.9") @Min(0) @LessThan(1) double beta1,
        @Description("Share of the momentum that stays from step to step.") @Default("0.99") @Min(0) @LessThan(1) double beta2,
        @Description("Decoupled weight decay: at every step the parameter shrinks by this times the learning rate.") @Default("0") @Min(0)
                double weightDecay)
        implements Optimizer {

    @Override
    public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
        Tensor m = state.get("m", parameter.zerosLike());
        Tensor u = m.mul(beta1).add(gradient.mul(1 - beta1)).sign();
        Tensor decayed = weightDecay == 0 ? u : u.add(parameter.mul(weightDecay));
        return Update.of(parameter.sub(decayed.mul(step.learningRate())))
                .with("m", m.mul(beta2).add(gradient.mul(1 - beta2)));
    }
}
