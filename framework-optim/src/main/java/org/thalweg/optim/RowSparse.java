package org.thalweg.optim;

import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.optim.State;
import org.thalweg.api.optim.Step;
import org.thalweg.api.optim.Update;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.tensor.Tensor;

/**
 * Lets any optimizer that computes element by element change only those rows of an embedding's table that the batch picked. Around Adam this is {@link SparseAdam} but for where epsilon stands, at a cost that goes by the rows that were picked: the
 * gradients of a row that is picked twice add up, the moments of the other rows stay as they are, and the bias correction goes by the number of the step. Around plain
 * gradient descent and AdaGrad the result is what it is without, at less cost; weight decay and momentum act on the picked rows alone.
 *
 * <p>State: the optimizer's own.
 *
 * @param optimizer whose formula it is
 */
@Description("Changes only those rows of an embedding's table that the batch picked; other parameters as the optimizer does without.")
@Guide(
        formula = """
                rows of p and of the state that the batch picked <- a step of the optimizer on these rows alone
                all others stay""",
        shapes = "Parameter and gradient have the same shape, any. State: the optimizer's.",
        use = "For large embeddings: rows that a batch does not contain cost nothing, whatever the size of the table.",
        typical = "The optimizer's own settings.",
        source = "As PyTorch's sparse gradients.")
public record RowSparse(@Description("The optimizer; it must compute element by element.") Optimizer optimizer) implements Optimizer {
    @Override
    public double learningRate() {
        return optimizer.learningRate();
    }

    @Override
    public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
        return optimizer.update(parameter, gradient, state, step);
    }

    @Override
    public Tensor evaluated(Tensor parameter, State state) {
        return optimizer.evaluated(parameter, state);
    }

    @Override
    public boolean rowSparse() {
        return true;
    }

    @Override
    public boolean wholeDataset() {
        return optimizer.wholeDataset();
    }
}
