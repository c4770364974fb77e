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
 * An exponential moving average of the parameters (Polyak averaging as networks use it; Izmailov et al., 2018, for a plain mean) beside any
 * optimizer, which trains on undisturbed.
 *
 * <pre>
 * p       &lt;- a step of the optimizer
 * average &lt;- decay * average + (1 - decay) * p
 * </pre>
 *
 * {@link #evaluated} gives the average: it is usually better than the last point, as the end of a schedule would be. Typical: decay 0.99 to
 * 0.9999, about the last 1 / (1 - decay) steps.
 *
 * <p>State: {@code average}, of the parameter's shape, the parameter at first; the optimizer's state under names that begin with
 * {@code inner.}.
 *
 * @param optimizer trains the parameters
 * @param decay how much of the average stays, in [0, 1)
 */
@Description("Evaluates an exponential moving average of the parameters that another optimizer trains.")
@Guide(
        formula = """
                p       <- a step of the optimizer
                average <- decay * average + (1 - decay) * p""",
        shapes = "Parameter and gradient have the same shape, any. State: average, of the parameter's shape, the parameter at first; "
                + "the optimizer's state under names that begin with inner..",
        use = "Around any optimizer: the average is usually better than the last point, as the end of a schedule would be.",
        typical = "decay 0.99 to 0.9999, about the last 1 / (1 - decay) steps.",
        source = "Polyak and Juditsky (1992); a plain mean: Izmailov et al. (2018).")
public record ExponentialMovingAverage(
        @Description("The optimizer that trains.") Optimizer optimizer,
        @Description("How much of the average stays from step to step.") @Default("0.999") @Min(0) @LessThan(1) double decay)
        implements Optimizer {

    @Override
    public double learningRate() {
        return optimizer.learningRate();
    }

    @Override
    public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
        Update inner = optimizer.update(parameter, gradient, InnerState.of(state, "inner."), step);
        Tensor average = state.get("average", parameter).mul(decay).add(inner.parameter().mul(1 - decay));
        return InnerState.renamed(inner, "inner.", inner.parameter()).with("average", average);
    }

    /** The average. */
    @Override
    public Tensor evaluated(Tensor parameter, State state) {
        return state.get("average", parameter);
    }

    @Override
    public boolean wholeDataset() {
        return optimizer.wholeDataset();
    }
}
