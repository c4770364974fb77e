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
import org.thalweg.api.settings.Positive;
import org.thalweg.api.tensor.Tensor;

/**
 * Resilient propagation (Riedmiller and Braun, 1993): only the signs of the gradients count. A step grows while the sign stays, and shrinks
 * when it changes, and then that gradient is skipped; PyTorch's semantics.
 *
 * <pre>
 * s   &lt;- s * etaPlus   where g * gBefore &gt; 0
 *        s * etaMinus  where g * gBefore &lt; 0, and there g &lt;- 0
 *        s             elsewhere
 * s   &lt;- min(max(s, minimumStep), maximumStep)
 * p   &lt;- p - sign(g) * s
 * </pre>
 *
 * For the gradient of the whole data set; with small batches the signs are noise. lr is only the first step; a schedule has no
 * effect.
 *
 * <p>State: {@code stepSize} (s, lr at first) and {@code gradient} (gBefore, 0 at first), of the parameter's shape.
 *
 * @param learningRate lr: the first step, in the parameter's units; at least 0
 * @param etaMinus what a step shrinks by, in [0, 1)
 * @param etaPlus what a step grows by; at least 1
 * @param minimumStep smallest step, in the parameter's units; at least 0
 * @param maximumStep largest step, in the parameter's units; above 0
 */
@Description("Rprop: steps that grow while the sign of the gradient stays and shrink when it changes.")
@Guide(
        formula = """
                s   <- s * etaPlus   where g * gBefore > 0
                       s * etaMinus  where g * gBefore < 0, and there g <- 0
                       s             elsewhere
                s   <- min(max(s, minimumStep), maximumStep)
                p   <- p - sign(g) * s""",
        shapes = "Parameter and gradient have the same shape, any. State: stepSize (s, lr at first) and gradient (gBefore, 0 at first), "
                + "of the parameter's shape.",
        use = "For the gradient of the whole data set; with small batches the signs are noise. A schedule has no effect.",
        typical = "learningRate, the first step, 0.01; etaMinus 0.5, etaPlus 1.2.",
        source = "Riedmiller and Braun (1993); as PyTorch's Rprop.")
public record Rprop(
        @Description("The first step of every parameter.") @Default("0.01") @Min(0) double learningRate,
        @Description("What a step shrinks by when the sign changes.") @Default("0.5") @Min(0) @LessThan(1) double etaMinus,
        @Description("What a step grows by while the sign stays.") @Default("1.2") @Min(1) double etaPlus,
        @Description("Smallest step.") @Default("1e-6") @Min(0) double minimumStep,
        @Description("Largest step.") @Default("50") @Positive double maximumStep)
        implements Optimizer {

    @Override
    public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
        Tensor agreement = gradient.mul(state.get("gradient", parameter.zerosLike()));
        Tensor turned = agreement.less(0);
        Tensor kept = agreement.greater(0).where(parameter.constant(etaPlus), parameter.constant(1));
        Tensor factor = turned.where(parameter.constant(etaMinus), kept);
        Tensor first = parameter.constant(learningRate).broadcastTo(parameter.shape());
        Tensor s = state.get("stepSize", first).mul(factor).clamp(minimumStep, maximumStep);
        Tensor g = turned.where(parameter.zerosLike(), gradient);
        return Update.of(parameter.sub(g.sign().mul(s))).with("stepSize", s).with("gradient", g);
    }
}
