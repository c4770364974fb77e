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
 * Adam (Kingma and Ba, 2015): momentum and RMSProp, both corrected for their start at zero; PyTorch's semantics.
 *
 * <pre>
 * g     &lt;- g + weightDecay * p
 * m     &lt;- beta1 * m + (1 - beta1) * g
 * v     &lt;- beta2 * v + (1 - beta2) * g^2
 * mHat  = m / (1 - beta1^t)
 * vHat  = v / (1 - beta2^t)
 * p     &lt;- p - lr * mHat / (sqrt(vHat) + epsilon)
 * </pre>
 *
 * AMSGrad (Reddi et al., 2018) takes the largest v so far instead of v, which repairs a convergence proof and rarely matters. Without the
 * bias correction (for teaching) mHat is m and vHat is v: the first steps are then {@code (1 - beta1) / sqrt(1 - beta2)}, about three
 * times, too long. A good first choice for nearly everything. Typical: lr 0.001, 0.0001 for fine tuning.
 *
 * <p>State: {@code m} and {@code v}, and {@code vMax} with amsgrad; of the parameter's shape.
 *
 * @param learningRate lr: about how far a parameter moves in one step, in its own units; at least 0
 * @param beta1 how much of m stays, in [0, 1)
 * @param beta2 how much of v stays, in [0, 1)
 * @param epsilon keeps the quotient finite where gradients vanish, in units of the gradient; at least 0
 * @param weightDecay strength of the L2 penalty {@code weightDecay / 2 * |p|^2}, part of the gradient that is averaged; at least 0
 * @param amsgrad whether v is replaced, in the quotient, by the largest v so far
 * @param biasCorrection whether to divide the moments by {@code 1 - beta^t}; off only to show what happens
 */
@Description("Adam: momentum, and a step length for each parameter from the mean square of its gradients.")
@Guide(
        formula = """
                g     <- g + weightDecay * p
                m     <- beta1 * m + (1 - beta1) * g
                v     <- beta2 * v + (1 - beta2) * g^2
                mHat  = m / (1 - beta1^t)
                vHat  = v / (1 - beta2^t)
                p     <- p - lr * mHat / (sqrt(vHat) + epsilon)""",
        shapes = "Parameter and gradient have the same shape, any. State: m and v, and vMax with amsgrad; of the parameter's shape.",
        use = "A good first choice for nearly everything. With weight decay take adamw.",
        typical = "learningRate 0.001, 0.0001 for fine tuning.",
        source = "Kingma and Ba (2015); AMSGrad: Reddi et al. (2018); as PyTorch's Adam.")
public record Adam(
        @Description("About how far a parameter moves in one step.") @Default("0.001") @Min(0) double learningRate,
        @Description("How much of the mean gradient stays from step to step.") @Default("0.9") @Min(0) @LessThan(1) double beta1,
        @Description("How much of the mean squared gradient stays from step to step.") @Default("0.999") @Min(0) @LessThan(1)
                double beta2,
        @Description("Added to the divisor, so that it is never 0.") @Default("1e-8") @Min(0) double epsilon,
        @Description("L2 penalty: this times the parameter is added to the gradient.") @Default("0") @Min(0) double weightDecay,
        @Description("Whether to divide by the largest v so far (AMSGrad).") @Default("false") boolean amsgrad,
        @Description("Whether to correct the moments for their start at zero; off only for teaching.") @Default("true")
                boolean biasCorrection)
        implements Optimizer {

    /** Adam as the paper has it: with the bias correction, without AMSGrad. */
    public Adam(double learningRate, double beta1, double beta2, double epsilon, double weightDecay) {
        this(learningRate, beta1, beta2, epsilon, weightDecay, false, true);
    }

    @Override
    public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
        Tensor g = weightDecay == 0 ? gradient : gradient.add(parameter.mul(weightDecay));
        Tensor m = state.get("m", parameter.zerosLike()).mul(beta1).add(g.mul(1 - beta1));
        Tensor v = state.get("v", parameter.zerosLike()).mul(beta2).add(g.square().mul(1 - beta2));
        Update update = Update.of(parameter).with("m", m).with("v", v);
        Tensor spread = v;
        if (amsgrad) {
            spread = state.get("vMax", parameter.zerosLike()).max(v);
            update = update.with("vMax", spread);
        }
        Tensor mHat = biasCorrection ? m.div(step.biasCorrection(beta1)) : m;
        Tensor vHat = biasCorrection ? spread.div(step.biasCorrection(beta2)) : spread;
        return new Update(parameter.sub(mHat.div(vHat.sqrt().add(epsilon)).mul(step.learningRate())), update.state());
    }
}
