package org.thalweg.optim;

import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.optim.State;
import org.thalweg.api.optim.Step;
import org.thalweg.api.optim.Update;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.Max;
import org.thalweg.api.settings.Min;
import org.thalweg.api.settings.Positive;
import org.thalweg.api.tensor.Tensor;

/**
 * Lookahead (Zhang et al., 2019) around any optimizer: slow weights that follow the fast ones every few steps, and to which the fast ones
 * then return.
 *
 * <pre>
 * p    &lt;- a step of the optimizer
 * every k steps:
 * slow &lt;- slow + alpha * (p - slow)
 * p    &lt;- slow
 * </pre>
 *
 * Less variance, and less harm from a learning rate that is too high. The optimizer's own state goes on. Typical: k 5 to 10, alpha 0.5 to
 * 0.8.
 *
 * <p>State: {@code slow}, of the parameter's shape, the parameter at first; the optimizer's state under names that begin with
 * {@code fast.}.
 *
 * @param optimizer makes the fast steps
 * @param steps k: how many fast steps to one slow one; at least 1
 * @param alpha how far the slow weights follow, in (0, 1]
 */
@Description("Lookahead: every few steps of an optimizer, go only part of the way.")
@Guide(
        formula = """
                p    <- a step of the optimizer
                every k steps:
                slow <- slow + alpha * (p - slow)
                p    <- slow""",
        shapes = "Parameter and gradient have the same shape, any. State: slow, of the parameter's shape, the parameter at first; the "
                + "optimizer's state under names that begin with fast..",
        use = "Around any optimizer, for less variance and less harm from a learning rate that is too high.",
        typical = "k 5 to 10, alpha 0.5 to 0.8.",
        source = "Zhang et al. (2019).")
public record Lookahead(
        @Description("The optimizer that makes the fast steps.") Optimizer optimizer,
        @Description("How many fast steps to one slow one.") @Default("5") @Min(1) int steps,
        @Description("How far the slow weights follow.") @Default("0.5") @Positive @Max(1) double alpha)
        implements Optimizer {

    @Override
    public double learningRate() {
        return optimizer.learningRate();
    }

    @Override
    public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
        Update fast = optimizer.update(parameter, gradient, InnerState.of(state, "fast."), step);
        Tensor slow = state.get("slow", parameter);
        Tensor t = step.number();
        Tensor now = t.div(steps).floor().mul(steps).equal(t);
        Tensor followed = slow.add(fast.parameter().sub(slow).mul(alpha));
        return InnerState.renamed(fast, "fast.", now.where(followed, fast.parameter())).with("slow", now.where(followed, slow));
    }

    @Override
    public boolean wholeDataset() {
        return optimizer.wholeDataset();
    }
}
