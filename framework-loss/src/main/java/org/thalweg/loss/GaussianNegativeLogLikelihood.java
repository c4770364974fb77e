package org.thalweg.loss;

import java.util.List;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.Positive;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/**
 * Negative log-likelihood of targets t under a normal distribution with mean x and variance v (Nix and Weigend, 1994), in nats:
 *
 * <pre>
 * (log v + (x - t)^2 / v) / 2   (full: + log(2 * pi) / 2)
 * </pre>
 *
 * v is at least epsilon; as in PyTorch the gradient passes to a smaller {@code var} as if it were epsilon. {@code input} and {@code target} have
 * the same shape; {@code var} too, or without the last axis or with an extent of 1 there. A negative variance makes its elements NaN, which stops a
 * training.
 *
 * @param full whether to add the constant
 * @param epsilon the least variance, above 0
 * @param reduction how the elements become one number
 */
@Description("Negative log-likelihood under a normal distribution whose variance is predicted too.")
@Guide(
        formula = """
                (log v + (x - t)^2 / v) / 2      v = max(var, epsilon)
                  + log(2 * pi) / 2              with full""",
        shapes = "Input and target have the same shape, any; 'var' has it too, or is one for each row: its last axis missing or 1. One "
                + "element for each number.",
        use = "For regression that also tells how sure it is.",
        source = "Nix and Weigend (1994); as PyTorch's GaussianNLLLoss.")
public record GaussianNegativeLogLikelihood(
        @Description("Whether to add the constant log(2 * pi) / 2.") @Default("false") boolean full,
        @Description("The least variance.") @Default("1e-6") @Positive double epsilon,
        @Description("How the elements become one number.") @Default("mean") Reduction reduction)
        implements Loss {

    @Override
    public List<String> inputs() {
        return List.of(LossInputs.INPUT, LossInputs.TARGET, "var");
    }

    @Override
    public Elements elements(LossInputs inputs) {
        Tensor x = inputs.input();
        Tensor t = inputs.targetLikeInput();
        Tensor given = variance(inputs);
        Tensor v = GivenGradient.of(this::bounded, given, given.onesLike());
        Tensor values = v.log().add(x.sub(t).square().div(v)).mul(0.5);
        return Elements.of(full ? values.add(Math.log(2 * Math.PI) / 2) : values);
    }

    private Tensor bounded(Tensor v) {
        return v.less(0).where(v.constant(Double.NaN), v.max(epsilon));
    }

    private static Tensor variance(LossInputs inputs) {
        Shape shape = inputs.input().shape();
        Tensor v = inputs.get("var").cast(inputs.input().dtype());
        if (v.shape().equals(shape)) {
            return v;
        }
        if (shape.rank() > 0 && (v.shape().equals(shape.without(-1)) || v.shape().equals(shape.with(-1, 1)))) {
            return v.reshape(shape.with(-1, 1));
        }
        throw new ShapeException(inputs.loss() + ": 'var' must have the shape of 'input', " + shape
                + ", or that without the last axis or with 1 there, but has " + v.shape());
    }
}
