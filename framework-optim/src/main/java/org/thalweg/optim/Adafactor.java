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
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Tensor;

/**
 * Adafactor (Shazeer and Stern, 2018), with PyTorch's semantics: a mean square that is kept as row and column means, n + m numbers instead
 * of n * m, and steps relative to the parameter's own size.
 *
 * <pre>
 * share  = t^beta2Decay
 * a      = max(epsilonParameter, RMS(p)) * min(lr, 1 / sqrt(t))
 * p     &lt;- p - lr * weightDecay * p
 * R     &lt;- R + share * (mean of g^2 over the last axis - R)
 * C     &lt;- C + share * (mean of g^2 over the last but one axis - C)
 * v      = R C / mean of R
 * u      = g / sqrt(v)
 * p     &lt;- p - a * u / max(1, RMS(u) / clip)
 * </pre>
 *
 * Scalars and vectors keep v itself. v is at least the square of the smallest difference at 1, {@code 2^-46} in FLOAT32. For models whose
 * Adam state would not fit in memory. Typical: lr 0.01, relative to the size of the parameters.
 *
 * <p>State: {@code rows} and {@code columns}, the parameter's shape with the last, or last but one, axis of extent 1; {@code v} for scalars
 * and vectors.
 *
 * @param learningRate lr: the largest step, as a share of the parameter's root mean square; at least 0
 * @param beta2Decay power of t by which new squares count less, in [-1, 0]
 * @param epsilonParameter the root mean square that a smaller parameter is taken to have; at least 0
 * @param clip the largest root mean square of u that passes; above 0
 * @param weightDecay share of the parameter, times lr, that is taken off at every step, apart from the gradient; at least 0
 */
@Description("Adafactor: Adam with the memory of row and column means, and steps relative to the size of the parameters.")
@Guide(
        formula = """
                share  = t^beta2Decay
                a      = max(epsilonParameter, RMS(p)) * min(lr, 1 / sqrt(t))
                p     <- p - lr * weightDecay * p
                R     <- R + share * (mean of g^2 over the last axis - R)
                C     <- C + share * (mean of g^2 over the last but one axis - C)
                v      = R C / mean of R
                u      = g / sqrt(v)
                p     <- p - a * u / max(1, RMS(u) / clip)""",
        shapes = "Parameter and gradient have the same shape, any. State: rows and columns, the parameter's shape with the last, or "
                + "last but one, axis of extent 1; v for scalars and vectors.",
        use = "For models whose Adam state would not fit in memory.",
        typical = "learningRate 0.01, relative to the size of the parameters.",
        source = "Shazeer and Stern (2018); as PyTorch's Adafactor.")
public record Adafactor(
        @Description("Largest step, as a share of the parameter's root mean square.") @Default("0.01") @Min(0) double learningRate,
        @Description("Power of the step number by which new squares count less.") @Default("-0.8") @Min(-1) @Max(0) double beta2Decay,
        @Description("Root mean square that a smaller parameter is taken to have.") @Default("0.001") @Min(0) double epsilonParameter,
        @Description("Largest root mean square of an update that passes.") @Default("1") @Positive double clip,
        @Description("Decoupled weight decay: at every step the parameter shrinks by this times the learning rate.") @Default("0") @Min(0)
                double weightDecay)
        implements Optimizer {

    @Override
    public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
        Tensor t = step.number();
        Tensor share = t.log().mul(beta2Decay).exp();
        Tensor a = rootMeanSquare(parameter).max(epsilonParameter).mul(step.learningRate().min(t.sqrt().reciprocal()));
        Tensor p = weightDecay == 0 ? parameter : parameter.sub(parameter.mul(step.learningRate().mul(weightDecay)));
        double ulp = parameter.dtype() == DType.FLOAT32 ? Math.ulp(1f) : Math.ulp(1.0);
        Tensor square = gradient.square();
        Update update = Update.of(parameter);
        Tensor v;
        if (parameter.shape().rank() > 1) {
            Tensor rows = towards(state, "rows", square.meanKeepingAxes(-1), share);
            Tensor columns = towards(state, "columns", square.meanKeepingAxes(-2), share);
            v = rows.mul(columns).div(rows.meanKeepingAxes(-2).max(ulp));
            update = update.with("rows", rows).with("columns", columns);
        } else {
            v = towards(state, "v", square, share);
            update = update.with("v", v);
        }
        Tensor u = gradient.div(v.max(ulp * ulp).sqrt());
        Tensor factor = a.div(rootMeanSquare(u).div(clip).max(1.0));
        return new Update(p.sub(u.mul(factor)), update.state());
    }

    private static Tensor towards(State state, String name, Tensor square, Tensor share) {
        Tensor before = state.get(name, square.zerosLike());
        return before.add(square.sub(before).mul(share));
    }

    private static Tensor rootMeanSquare(Tensor x) {
        return x.square().mean().sqrt();
    }
}
