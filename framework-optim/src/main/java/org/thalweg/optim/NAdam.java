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
 * NAdam (Dozat, 2016): Adam with Nesterov's momentum, whose share grows over the first steps; PyTorch's semantics.
 *
 * <pre>
 * g  &lt;- g + weightDecay * p
 * mu(t) = beta1 * (1 - 0.96^(t * momentumDecay) / 2)
 * m  &lt;- beta1 * m + (1 - beta1) * g
 * v  &lt;- beta2 * v + (1 - beta2) * g^2
 * P  &lt;- P * mu(t)                              (at first P = 1)
 * mHat = (1 - mu(t)) / (1 - P) * g + mu(t+1) / (1 - P * mu(t) * mu(t+1)) * m
 * p  &lt;- p - lr * mHat / (sqrt(v / (1 - beta2^t)) + epsilon)
 * </pre>
 *
 * P holds mu(t) already, so the second product counts it twice: PyTorch did so up to 1.13, and what was tuned there stays valid. With
 * {@code countOnce} it is {@code P * mu(t+1)}, as in the paper and in PyTorch since 2.0; only the first steps differ much.
 *
 * <p>Where Adam works, often a little faster. Typical: lr 0.002.
 *
 * <p>State: {@code m} and {@code v}, of the parameter's shape, and the number {@code momentumProduct} (P).
 *
 * @param learningRate lr: about how far a parameter moves in one step, in its own units; at least 0
 * @param beta1 how much of m stays, in [0, 1)
 * @param beta2 how much of v stays, in [0, 1)
 * @param epsilon keeps the quotient finite where gradients vanish; at least 0
 * @param weightDecay strength of the L2 penalty {@code weightDecay / 2 * |p|^2}; at least 0
 * @param momentumDecay how fast the momentum approaches beta1; at least 0
 * @param countOnce whether the second product counts each momentum once, as in the paper
 */
@Description("NAdam: Adam with Nesterov's momentum.")
@Guide(
        formula = """
                g  <- g + weightDecay * p
                mu(t) = beta1 * (1 - 0.96^(t * momentumDecay) / 2)
                m  <- beta1 * m + (1 - beta1) * g
                v  <- beta2 * v + (1 - beta2) * g^2
                P  <- P * mu(t)                              (at first P = 1)
                mHat = (1 - mu(t)) / (1 - P) * g + mu(t+1) / (1 - P * mu(t) * mu(t+1)) * m
                p  <- p - lr * mHat / (sqrt(v / (1 - beta2^t)) + epsilon)""",
        shapes = "Parameter and gradient have the same shape, any. State: m and v, of the parameter's shape, and the number "
                + "momentumProduct (P).",
        use = "Where Adam works, often a little faster.",
        typical = "learningRate 0.002.",
        source = "Dozat (2016); as PyTorch's NAdam.")
public record NAdam(
        @Description("About how far a parameter moves in one step.") @Default("0.002") @Min(0) double learningRate,
        @Description("How much of the mean gradient stays from step to step.") @Default("0.9") @Min(0) @LessThan(1) double beta1,
        @Description("How much of the mean squared gradient stays from step to step.") @Default("0.999") @Min(0) @LessThan(1)
                double beta2,
        @Description("Added to the divisor, so that it is never 0.") @Default("1e-8") @Min(0) double epsilon,
        @Description("L2 penalty: this times the parameter is added to the gradient.") @Default("0") @Min(0) double weightDecay,
        @Description("How fast the momentum approaches beta1.") @Default("0.004") @Min(0) double momentumDecay,
        @Description("Whether to follow the paper, and PyTorch since 2.0, where PyTorch up to 1.13 counted a momentum twice.")
                @Default("false")
                boolean countOnce)
        implements Optimizer {

    @Override
    public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
        Tensor g = weightDecay == 0 ? gradient : gradient.add(parameter.mul(weightDecay));
        Tensor m = state.get("m", parameter.zerosLike()).mul(beta1).add(g.mul(1 - beta1));
        Tensor v = state.get("v", parameter.zerosLike()).mul(beta2).add(g.square().mul(1 - beta2));
        Tensor mu = momentum(step.number());
        Tensor muNext = momentum(step.number().add(1));
        Tensor product = state.get("momentumProduct", parameter.constant(1)).mul(mu);
        Tensor productNext = countOnce ? product.mul(muNext) : product.mul(mu).mul(muNext);
        Tensor mHat = g.mul(mu.neg().add(1).div(product.neg().add(1))).add(m.mul(muNext.div(productNext.neg().add(1))));
        Tensor vHat = v.div(step.biasCorrection(beta2));
        return Update.of(parameter.sub(mHat.div(vHat.sqrt().add(epsilon)).mul(step.learningRate())))
                .with("m", m)
                .with("v", v)
                .with("momentumProduct", product);
    }

    private Tensor momentum(Tensor t) {
        return t.mul(momentumDecay * Math.log(0.96)).exp().mul(-0.5).add(1).mul(beta1);
    }
}
