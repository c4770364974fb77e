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
 * AdamW (Loshchilov and Hutter, 2019): Adam whose weight decay does not go through the moments, so that it shrinks all parameters alike;
 * PyTorch's semantics.
 *
 * <pre>
 * p     &lt;- p - lr * weightDecay * p
 * m     &lt;- beta1 * m + (1 - beta1) * g
 * v     &lt;- beta2 * v + (1 - beta2) * g^2
 * mHat  = m / (1 - beta1^t)
 * vHat  = v / (1 - beta2^t)
 * p     &lt;- p - lr * mHat / (sqrt(vHat) + epsilon)
 * </pre>
 *
 * The usual choice for transformers. Typical: lr 0.0001 to 0.001 with warm-up and a cosine, weightDecay 0.01 to 0.1, beta2 0.95 for large
 * models.
 *
 * <p>State: {@code m} and {@code v}, and {@code vMax} with amsgrad; of the parameter's shape.
 *
 * @param learningRate lr: about how far a parameter moves in one step, in its own units; at least 0
 * @param beta1 how much of m stays, in [0, 1)
 * @param beta2 how much of v stays, in [0, 1)
 * @param epsilon keeps the quotient finite where gradients vanish, in units of the gradient; at least 0
 * @param weightDecay share of the parameter, times lr, that is taken off at every step, apart from the gradient; at least 0
 * @param amsgrad whether v is replaced, in the quotient, by the largest v so far
 */
@Description("AdamW: Adam with decoupled weight decay, the usual choice for transformers.")
@Guide(
        formula = """
                p     <- p - lr * weightDecay * p
                m     <- beta1 * m + (1 - beta1) * g
                v     <- beta2 * v + (1 - beta2) * g^2
                mHat  = m / (1 - beta1^t)
                vHat  = v / (1 - beta2^t)
                p     <- p - lr * mHat / (sqrt(vHat) + epsilon)""",
        shapes = "Parameter and gradient have the same shape, any. State: m and v, and vMax with amsgrad; of the parameter's shape.",
        use = "The usual choice for transformers, and for Adam with weight decay.",
        typical = "learningRate 0.0001 to 0.001 with warm-up and a cosine, weightDecay 0.01 to 0.1, beta2 0.95 for large models.",
        source = "Loshchilov and Hutter (2019); as PyTorch's AdamW.")
public record AdamW(
        @Description("About how far a parameter moves in one step.") @Default("0.001") @Min(0) double learningRate,
        @Description("How much of the mean gradient stays from step to step.") @Default("0.9") @Min(0) @LessThan(1) double beta1,
        @Description("How much of the mean squared gradient stays from step to step.") @Default("0.999") @Min(0) @LessThan(1)
                double beta2,
        @Description("Added to the divisor, so that it is never 0.") @Default("1e-8") @Min(0) double epsilon,
        @Description("Decoupled weight decay: at every step the parameter shrinks by this times the learning rate.") @Default("0.01")
                @Min(0)
                double weightDecay,
        @Description("Whether to divide by the largest v so far (AMSGrad).") @Default("false") boolean amsgrad)
        implements Optimizer {

    @Override
    public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
        Tensor p = weightDecay == 0 ? parameter : parameter.sub(parameter.mul(step.learningRate().mul(weightDecay)));
        Tensor m = state.get("m", parameter.zerosLike()).mul(beta1).add(gradient.mul(1 - beta1));
        Tensor v = state.get("v", parameter.zerosLike()).mul(beta2).add(gradient.square().mul(1 - beta2));
        Update update = Update.of(parameter).with("m", m).with("v", v);
        Tensor spread = v;
        if (amsgrad) {
            spread = state.get("vMax", parameter.zerosLike()).max(v);
            update = update.with("vMax", spread);
        }
        Tensor mHat = m.div(step.biasCorrection(beta1));
        Tensor vHat = spread.div(step.biasCorrection(beta2));
        return new Update(p.sub(mHat.div(vHat.sqrt().add(epsilon)).mul(step.learningRate())), update.state());
    }
}
