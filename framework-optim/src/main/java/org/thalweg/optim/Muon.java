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
 * Muon (Jordan et al., 2024): momentum made orthogonal, so that a step changes a weight matrix by about the same amount in every direction.
 * PyTorch's semantics, but in the parameter's own type.
 *
 * <pre>
 * b &lt;- momentum * b + (1 - momentum) * g
 * u  = nesterov ? (1 - momentum) * g + momentum * b : b
 * X  = u / max(|u|, 1e-7)                        (transposed where it has more rows than columns)
 * X &lt;- 3.4445 X - 4.7750 (X X') X + 2.0315 (X X')^2 X        (Newton and Schulz's iteration, {@code steps} times)
 * p &lt;- p - lr * weightDecay * p - lr * sqrt(max(1, rows / columns)) * X
 * </pre>
 *
 * The iteration drives all singular values to about 1, between 0.7 and 1.2. Meant for the matrices inside a network; parameters that are
 * not matrices (biases, convolutions) are left to another optimizer, with its own learning rate under the same schedule. Typical: lr 0.02
 * with weightDecay 0, or 0.001 with 0.1; adamw with 0.0003 for the others.
 *
 * <p>State: {@code momentum}, of the parameter's shape; for parameters that are not matrices, the state of the other optimizer.
 *
 * @param learningRate lr: the size of the singular values of a step, in the parameter's units; at least 0
 * @param momentum how much of b stays, in [0, 1)
 * @param nesterov whether to look ahead along the momentum
 * @param weightDecay share of the parameter, times lr, that is taken off at every step, apart from the gradient; at least 0
 * @param steps of the iteration; at least 1
 * @param others the optimizer for parameters that are not matrices
 */
@Description("Muon: momentum made orthogonal, for the matrices of a network; another optimizer for the rest.")
@Guide(
        formula = """
                b <- momentum * b + (1 - momentum) * g
                u  = nesterov ? (1 - momentum) * g + momentum * b : b
                X  = u / max(|u|, 1e-7)                        (transposed where it has more rows than columns)
                X <- 3.4445 X - 4.7750 (X X') X + 2.0315 (X X')^2 X        (Newton and Schulz's iteration, steps times)
                p <- p - lr * weightDecay * p - lr * sqrt(max(1, rows / columns)) * X""",
        shapes = "Parameter and gradient have the same shape, any. State: momentum, of the parameter's shape; for parameters that are "
                + "not matrices, the state of the other optimizer.",
        use = "For the matrices inside a network; parameters that are not matrices are left to another optimizer, with its own "
                + "learning rate under the same schedule.",
        typical = "learningRate 0.02 with weightDecay 0, or 0.001 with 0.1; adamw with 0.0003 for the others.",
        source = "Jordan et al. (2024); as PyTorch's Muon.")
public record Muon(
        @Description("Size of the singular values of a step.") @Default("0.001") @Min(0) double learningRate,
        @Description("How much of the mean gradient stays from step to step.") @Default("0.95") @Min(0) @LessThan(1) double momentum,
        @Description("Whether to use Nesterov's momentum.") @Default("true") boolean nesterov,
        @Description("Decoupled weight decay: at every step the parameter shrinks by this times the learning rate.") @Default("0.1") @Min(0)
                double weightDecay,
        @Description("Number of Newton and Schulz's iterations.") @Default("5") @Min(1) int steps,
        @Description("Optimizer for the parameters that are not matrices.") @Default("adamw") Optimizer others)
        implements Optimizer {

    @Override
    public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
        if (parameter.shape().rank() != 2) {
            return others.update(parameter, gradient, state, new ScaledStep(step, learningRate, others.learningRate()));
        }
        Tensor before = state.get("momentum", parameter.zerosLike());
        Tensor b = before.mul(momentum).add(gradient.mul(1 - momentum));
        Tensor u = nesterov ? gradient.mul(1 - momentum).add(b.mul(momentum)) : b;
        double rows = parameter.shape().extent(0);
        double columns = parameter.shape().extent(1);
        Tensor direction = rows > columns ? orthogonal(u.transpose()).transpose() : orthogonal(u);
        Tensor p = parameter.sub(parameter.mul(step.learningRate().mul(weightDecay)));
        return Update.of(p.sub(direction.mul(step.learningRate().mul(Math.sqrt(Math.max(1, rows / columns))))))
                .with("momentum", b);
    }

    @Override
    public Tensor evaluated(Tensor parameter, State state) {
        return parameter.shape().rank() == 2 ? parameter : others.evaluated(parameter, state);
    }

    private Tensor orthogonal(Tensor u) {
        Tensor x = u.div(u.square().sum().sqrt().max(1e-7));
        for (int i = 0; i < steps; i++) {
            Tensor gram = x.matmul(x.transpose());
            Tensor b = gram.mul(-4.7750).add(gram.matmul(gram).mul(2.0315));
            x = x.mul(3.4445).add(b.matmul(x));
        }
        return x;
    }
}
