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
 * Rectified Adam (Liu et al., 2020): plain momentum until enough steps are done to trust the mean square, then Adam with a factor r that
 * grows to 1, a warm-up that comes with the method; PyTorch's semantics.
 *
 * <pre>
 * g     &lt;- g + weightDecay * p
 * m     &lt;- beta1 * m + (1 - beta1) * g
 * v     &lt;- beta2 * v + (1 - beta2) * g^2
 * rhoInf = 2 / (1 - beta2) - 1
 * rho    = rhoInf - 2 * t * beta2^t / (1 - beta2^t)
 * r      = sqrt((rho - 4) (rho - 2) rhoInf / ((rhoInf - 4) (rhoInf - 2) rho))
 * p     &lt;- p - lr * m / (1 - beta1^t) * r * sqrt(1 - beta2^t) / (sqrt(v) + epsilon)      (where rho &gt; 5)
 * p     &lt;- p - lr * m / (1 - beta1^t)                                                    (elsewhere)
 * </pre>
 *
 * In place of Adam with a hand-made warm-up. Typical: lr 0.001.
 *
 * <p>State: {@code m} and {@code v}, of the parameter's shape.
 *
 * @param learningRate lr: about how far a parameter moves in one step, in its own units; at least 0
 * @param beta1 how much of m stays, in [0, 1)
 * @param beta2 how much of v stays, in [0, 1)
 * @param epsilon keeps the quotient finite where gradients vanish; at least 0
 * @param weightDecay strength of the L2 penalty {@code weightDecay / 2 * |p|^2}; at least 0
 */
@Description("Rectified Adam: Adam that warms up by itself.")
@Guide(
        formula = """
                g     <- g + weightDecay * p
                m     <- beta1 * m + (1 - beta1) * g
                v     <- beta2 * v + (1 - beta2) * g^2
                rhoInf = 2 / (1 - beta2) - 1
                rho    = rhoInf - 2 * t * beta2^t / (1 - beta2^t)
                r      = sqrt((rho - 4) (rho - 2) rhoInf / ((rhoInf - 4) (rhoInf - 2) rho))
                p     <- p - lr * m / (1 - beta1^t) * r * sqrt(1 - beta2^t) / (sqrt(v) + epsilon)      (where rho > 5)
                p     <- p - lr * m / (1 - beta1^t)                                                    (elsewhere)""",
        shapes = "Parameter and gradient have the same shape, any. State: m and v, of the parameter's shape.",
        use = "In place of Adam with a hand-made warm-up.",
        typical = "learningRate 0.001.",
        source = "Liu et al. (2020); as PyTorch's RAdam.")
public record RAdam(
        @Description("About how far a parameter moves in one step.") @Default("0.001") @Min(0) double learningRate,
        @Description("How much of the mean gradient stays from step to step.") @Default("0.9") @Min(0) @LessThan(1) double beta1,
        @Description("How much of the mean squared gradient stays from step to step.") @Default("0.999") @Min(0) @LessThan(1)
                double beta2,
        @Description("Added to the divisor, so that it is never 0.") @Default("1e-8") @Min(0) double epsilon,
        @Description("L2 penalty: this times the parameter is added to the gradient.") @Default("0") @Min(0) double weightDecay)
        implements Optimizer {

    @Override
    public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
        Tensor g = weightDecay == 0 ? gradient : gradient.add(parameter.mul(weightDecay));
        Tensor m = state.get("m", parameter.zerosLike()).mul(beta1).add(g.mul(1 - beta1));
        Tensor v = state.get("v", parameter.zerosLike()).mul(beta2).add(g.square().mul(1 - beta2));
        Tensor t = step.number();
        Tensor mHat = m.div(step.biasCorrection(beta1));
        double rhoInf = 2 / (1 - beta2) - 1;
        Tensor correction = step.biasCorrection(beta2);
        Tensor rho = t.mul(correction.neg().add(1)).mul(-2).div(correction).add(rhoInf);
        Tensor r = rho.sub(4).mul(rho.sub(2)).mul(rhoInf).div(rho.mul((rhoInf - 4) * (rhoInf - 2))).sqrt();
        Tensor adaptive = r.mul(correction.sqrt()).div(v.sqrt().add(epsilon));
        Tensor factor = rho.greater(5).where(adaptive, parameter.onesLike());
        return Update.of(parameter.sub(mHat.mul(factor).mul(step.learningRate()))).with("m", m).with("v", v);
    }
}
