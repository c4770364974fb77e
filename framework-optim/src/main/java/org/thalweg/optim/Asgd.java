package org.thalweg.optim;

import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.optim.State;
import org.thalweg.api.optim.Step;
import org.thalweg.api.optim.Update;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Tensor;

/**
 * Averaged stochastic gradient descent (Polyak and Juditsky, 1992), with the decreasing step of Bottou and Xu; PyTorch's semantics.
 *
 * <pre>
 * g   &lt;- g + weightDecay * p
 * eta  = lr / (1 + lambda * lr * (t - 1))^alpha
 * p   &lt;- p - lambda * eta * p - eta * g
 * a   &lt;- a + (p - a) / max(1, t - 1 - t0)      (at step 1: a = p)
 * </pre>
 *
 * The mean a of all points after step t0 is what {@link #evaluated} gives: it averages the noise away that keeps p from settling. For
 * convex problems with many cheap steps. Typical: t0 one or two epochs.
 *
 * <p>State: {@code average}, of the parameter's shape; the parameter at first.
 *
 * @param learningRate lr, parameter units per unit of gradient; at least 0
 * @param lambda decay of the parameters, and of the step length; at least 0
 * @param alpha power by which the step length falls; at least 0
 * @param t0 the number of steps after which averaging starts; at least 0
 * @param weightDecay strength of the L2 penalty {@code weightDecay / 2 * |p|^2}; at least 0
 */
@Description("Averaged SGD: the mean of the points after step t0 is what is evaluated.")
@Guide(
        formula = """
                g   <- g + weightDecay * p
                eta  = lr / (1 + lambda * lr * (t - 1))^alpha
                p   <- p - lambda * eta * p - eta * g
                a   <- a + (p - a) / max(1, t - 1 - t0)      (at step 1: a = p)""",
        shapes = "Parameter and gradient have the same shape, any. State: average, of the parameter's shape; the parameter at first.",
        use = "For convex problems with many cheap steps, where the last point is noisy and the mean is not.",
        typical = "t0 one or two epochs.",
        source = "Polyak and Juditsky (1992); Bottou and Xu; as PyTorch's ASGD.")
public record Asgd(
        @Description("Step length: what a gradient is multiplied by.") @Default("0.01") @Min(0) double learningRate,
        @Description("Decay of the parameters and of the step length.") @Default("0.0001") @Min(0) double lambda,
        @Description("Power by which the step length falls.") @Default("0.75") @Min(0) double alpha,
        @Description("Number of steps after which averaging starts.") @Default("1000000") @Min(0) long t0,
        @Description("L2 penalty: this times the parameter is added to the gradient.") @Default("0") @Min(0) double weightDecay)
        implements Optimizer {

    @Override
    public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
        Tensor g = weightDecay == 0 ? gradient : gradient.add(parameter.mul(weightDecay));
        Tensor done = step.number().sub(1);
        Tensor eta = step.learningRate().div(done.mul(step.learningRate()).mul(lambda).log1p().mul(alpha).exp());
        Tensor p = parameter.sub(parameter.mul(eta.mul(lambda))).sub(g.mul(eta));
        Tensor share = done.sub(t0).max(1.0).reciprocal();
        Tensor a = state.get("average", parameter);
        return Update.of(p).with("average", a.add(p.sub(a).mul(share)));
    }

    /** The average. */
    @Override
    public Tensor evaluated(Tensor parameter, State state) {
        return state.get("average", parameter);
    }
}
