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
 * Adam for tables of which a step sees a few rows: rows without a gradient keep their value and their moments, as in PyTorch's SparseAdam.
 *
 * <pre>
 * where a row of g is not all 0:
 * m  &lt;- beta1 * m + (1 - beta1) * g
 * v  &lt;- beta2 * v + (1 - beta2) * g^2
 * p  &lt;- p - lr * sqrt(1 - beta2^t) / (1 - beta1^t) * m / (sqrt(v) + epsilon)
 * </pre>
 *
 * The rows of a vector are its elements. Unlike in {@link Adam}, epsilon is added before the bias correction, and t counts all steps.
 *
 * <p>State: {@code m} and {@code v}, of the parameter's shape.
 *
 * @param learningRate lr: about how far a parameter moves in one step, in its own units; at least 0
 * @param beta1 how much of m stays, in [0, 1)
 * @param beta2 how much of v stays, in [0, 1)
 * @param epsilon keeps the quotient finite, in units of the gradient; at least 0
 */
@Description("Adam that leaves the rows alone that have no gradient, moments included.")
@Guide(
        formula = """
                where a row of g is not all 0:
                m  <- beta1 * m + (1 - beta1) * g
                v  <- beta2 * v + (1 - beta2) * g^2
                p  <- p - lr * sqrt(1 - beta2^t) / (1 - beta1^t) * m / (sqrt(v) + epsilon)""",
        shapes = "Parameter and gradient have the same shape, any. State: m and v, of the parameter's shape.",
        use = "For embeddings: adam goes on moving the rows that a batch does not contain.",
        typical = "learningRate 0.001.",
        source = "Kingma and Ba (2015); as PyTorch's SparseAdam.")
public record SparseAdam(
        @Description("About how far a parameter moves in one step.") @Default("0.001") @Min(0) double learningRate,
        @Description("How much of the mean gradient stays from step to step.") @Default("0.9") @Min(0) @LessThan(1) double beta1,
        @Description("How much of the mean squared gradient stays from step to step.") @Default("0.999") @Min(0) @LessThan(1)
                double beta2,
        @Description("Added to the divisor, so that it is never 0.") @Default("1e-8") @Min(0) double epsilon)
        implements Optimizer {

    @Override
    public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
        Tensor mBefore = state.get("m", parameter.zerosLike());
        Tensor vBefore = state.get("v", parameter.zerosLike());
        Tensor seen = isSeen(gradient);
        Tensor m = seen.where(mBefore.mul(beta1).add(gradient.mul(1 - beta1)), mBefore);
        Tensor v = seen.where(vBefore.mul(beta2).add(gradient.square().mul(1 - beta2)), vBefore);
        Tensor rate = step.learningRate().mul(step.biasCorrection(beta2).sqrt()).div(step.biasCorrection(beta1));
        Tensor moved = parameter.sub(m.div(v.sqrt().add(epsilon)).mul(rate));
        return Update.of(seen.where(moved, parameter)).with("m", m).with("v", v);
    }

    private static Tensor isSeen(Tensor gradient) {
        int rank = gradient.shape().rank();
        Tensor size = gradient.abs();
        for (int axis = 1; axis < rank; axis++) {
            size = size.maxKeepingAxes(axis);
        }
        return size.equal(0).not();
    }
}
