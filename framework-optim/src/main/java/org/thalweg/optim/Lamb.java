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
 * LAMB (You et al., 2020): AdamW whose step, for each parameter tensor, is as long as the tensor itself times lr.
 *
 * <pre>
 * m     &lt;- beta1 * m + (1 - beta1) * g
 * v     &lt;- beta2 * v + (1 - beta2) * g^2
 * mHat  = m / (1 - beta1^t)
 * vHat  = v / (1 - beta2^t)
 * u     = mHat / (sqrt(vHat) + epsilon) + weightDecay * p
 * p     &lt;- p - lr * |p| / |u| * u               (the quotient is 1 where |p| or |u| is 0)
 * </pre>
 *
 * For very large batches. Typical: lr 0.001 to 0.01, weightDecay 0.01.
 *
 * <p>State: {@code m} and {@code v}, of the parameter's shape.
 *
 * @param learningRate lr: how far a parameter tensor moves in one step, as a share of its norm; at least 0
 * @param beta1 how much of m stays, in [0, 1)
 * @param beta2 how much of v stays, in [0, 1)
 * @param epsilon keeps the quotient finite where gradients vanish; at least 0
 * @param weightDecay what of the parameter is added to the step before its length is set; at least 0
 */
@Description("LAMB: Adam whose step is as long as the parameter tensor times the learning rate; for very large batches.")
@Guide(
        formula = """
                m     <- beta1 * m + (1 - beta1) * g
                v     <- beta2 * v + (1 - beta2) * g^2
                mHat  = m / (1 - beta1^t)
                vHat  = v / (1 - beta2^t)
                u     = mHat / (sqrt(vHat) + epsilon) + weightDecay * p
                p     <- p - lr * |p| / |u| * u               (the quotient is 1 where |p| or |u| is 0)""",
        shapes = "Parameter and gradient have the same shape, any. State: m and v, of the parameter's shape.",
        use = "For very large batches, of transformers above all.",
        typical = "learningRate 0.001 to 0.01, weightDecay 0.01.",
        source = "You et al. (2020).")
public record Lamb(
        @Description("How far a parameter tensor moves in one step, as a share of its norm.") @Default("0.001") @Min(0) double learningRate,
        @Description("How much of the mean gradient stays from step to step.") @Default("0.9") @Min(0) @LessThan(1) double beta1,
        @Description("How much of the mean squared gradient stays from step to step.") @Default("0.999") @Min(0) @LessThan(1)
                double beta2,
        @Description("Added to the divisor, so that it is never 0.") @Default("1e-6") @Min(0) double epsilon,
        @Description("What of the parameter is added to the step before its length is set.") @Default("0") @Min(0) double weightDecay)
        implements Optimizer {

    @Override
    public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
        Tensor m = state.get("m", parameter.zerosLike()).mul(beta1).add(gradient.mul(1 - beta1));
        Tensor v = state.get("v", parameter.zerosLike()).mul(beta2).add(gradient.square().mul(1 - beta2));
        Tensor mHat = m.div(step.biasCorrection(beta1));
        Tensor vHat = v.div(step.biasCorrection(beta2));
        Tensor r = mHat.div(vHat.sqrt().add(epsilon));
        Tensor u = weightDecay == 0 ? r : r.add(parameter.mul(weightDecay));
        Tensor size = parameter.square().sum().sqrt();
        Tensor length = u.square().sum().sqrt();
        Tensor trust = size.greater(0).and(length.greater(0)).where(size.div(length), parameter.constant(1));
        return Update.of(parameter.sub(u.mul(trust.mul(step.learningRate())))).with("m", m).with("v", v);
    }
}
