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
 * AdaBelief (Zhuang et al., 2020): Adam that divides by how far gradients are from what the momentum expected of them.
 *
 * <pre>
 * m     &lt;- beta1 * m + (1 - beta1) * g
 * s     &lt;- beta2 * s + (1 - beta2) * (g - m)^2 + epsilon
 * p     &lt;- p - lr * m / (1 - beta1^t) / (sqrt(s / (1 - beta2^t)) + epsilon)
 * </pre>
 *
 * Where Adam generalises worse than sgd. Typical: lr 0.001; epsilon 1e-16 with steady gradients, 1e-8 for images.
 *
 * <p>State: {@code m} and {@code s}, of the parameter's shape.
 *
 * @param learningRate lr: about how far a parameter moves in one step, in its own units; at least 0
 * @param beta1 how much of m stays, in [0, 1)
 * @param beta2 how much of s stays, in [0, 1)
 * @param epsilon added to s at every step, in units of the squared gradient, and to the divisor; at least 0
 * @param weightDecay share of the parameter, times lr, that is taken off at every step, apart from the gradient; at least 0
 */
@Description("AdaBelief: Adam that divides by the deviation of gradients from their mean.")
@Guide(
        formula = """
                m     <- beta1 * m + (1 - beta1) * g
                s     <- beta2 * s + (1 - beta2) * (g - m)^2 + epsilon
                p     <- p - lr * m / (1 - beta1^t) / (sqrt(s / (1 - beta2^t)) + epsilon)""",
        shapes = "Parameter and gradient have the same shape, any. State: m and s, of the parameter's shape.",
        use = "Where Adam generalises worse than sgd.",
        typical = "learningRate 0.001; epsilon 1e-16 with steady gradients, 1e-8 for images.",
        source = "Zhuang et al. (2020).")
public record AdaBelief(
        @Description("About how far a parameter moves in one step.") @Default("0.001") @Min(0) double learningRate,
        @Description("How much of the mean gradient stays from step to step.") @Default("0.9") @Min(0) @LessThan(1) double beta1,
        @Description("How much of the mean squared deviation stays from step to step.") @Default("0.999") @Min(0) @LessThan(1)
                double beta2,
        @Description("Added to the mean squared deviation, and to the divisor.") @Default("1e-16") @Min(0) double epsilon,
        @Description("Decoupled weight decay: at every step the parameter shrinks by this times the learning rate.") @Default("0") @Min(0)
                double weightDecay)
        implements Optimizer {

    @Override
    public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
        Tensor p = weightDecay == 0 ? parameter : parameter.sub(parameter.mul(step.learningRate().mul(weightDecay)));
        Tensor m = state.get("m", parameter.zerosLike()).mul(beta1).add(gradient.mul(1 - beta1));
        Tensor s = state.get("s", parameter.zerosLike()).mul(beta2).add(gradient.sub(m).square().mul(1 - beta2)).add(epsilon);
        Tensor mHat = m.div(step.biasCorrection(beta1));
        Tensor sHat = s.div(step.biasCorrection(beta2));
        return Update.of(p.sub(mHat.div(sHat.sqrt().add(epsilon)).mul(step.learningRate()))).with("m", m).with("s", s);
    }
}
