package org.thalweg.optim;

import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.optim.State;
import org.thalweg.api.optim.Step;
import org.thalweg.api.optim.Update;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Tensor;

/**
 * Plain gradient descent (Cauchy, 1847): {@code p <- p - lr * g}, with the gradient of the whole training set at every step.
 *
 * @param learningRate lr, parameter units per unit of gradient; at least 0
 */
@Description("Gradient descent on the whole training set: one step an epoch, whatever the batch size.")
@Guide(
        formula = "p <- p - lr * g",
        shapes = "Parameter and gradient have the same shape, any. It keeps no state.",
        use = "For teaching, and for small sets of data where every step may see all of it. Elsewhere take sgd.",
        typical = "learningRate 0.01 to 1.",
        source = "Cauchy (1847).")
public record GradientDescent(@Description("Step length: what a gradient is multiplied by.") @Min(0) double learningRate)
        implements Optimizer {

    @Override
    public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
        return Update.of(parameter.sub(gradient.mul(step.learningRate())));
    }

    @Override
    public boolean wholeDataset() {
        return true;
    }
}
