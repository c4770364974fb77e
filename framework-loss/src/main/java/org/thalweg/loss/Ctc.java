package org.thalweg.loss;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/**
 * Connectionist temporal classification (Graves et al., 2006): {@code -log} of the probability that the time steps of a row, read without repetitions
 * and then without blanks, give the target; the sum over all such alignments. In nats.
 *
 * <ul>
 *   <li>{@code input}: log-probabilities of C symbols, as from log-softmax, [N, T, C], or [T, N, C] with {@code batchFirst: false}, PyTorch's layout;
 *   <li>{@code target}: the symbols of each row, INT32 [N, S], of which the first {@code targetLengths} count, or of all rows one after another,
 *       [sum of lengths];
 *   <li>{@code inputLengths}, {@code targetLengths}: INT32 [N].
 * </ul>
 *
 * A row alone is [T, C] with [S] and scalar lengths.
 *
 * <p>One element for each row. The mean is over the rows, each divided by its target length (by 1 where that is 0), as in PyTorch. A target that no
 * alignment gives, because it is too long, has an infinite loss and no gradient (NaN), or is left out with {@code zeroInfinity}. Lengths that
 * exceed the shapes, and symbols that do not exist or are the blank, stop the run with a {@link org.thalweg.api.data.DataException}. The gradient
 * is the derivative with respect to the log-probabilities; behind log-softmax it is PyTorch's.
 *
 * @param blank the number of the blank symbol
 * @param zeroInfinity whether a target that cannot be aligned counts 0
 * @param batchFirst whether the rows are the first axis of the input
 * @param reduction how the elements become one number
 */
@Description("Minus the logarithm of the probability that the time steps, read without repetitions and then without blanks, give "
        + "the target.")
@Guide(
        formula = "-log sum over alignments a of target: product over t of p(a_t)",
        shapes = "Input log-probabilities [N, T, C], or [T, N, C] without batchFirst; target symbols [N, S], or of all rows one after "
                + "another; inputLengths and targetLengths [N]. Of one row alone [T, C], [S] and scalars. One element for each row; the "
                + "mean divides each by its target's length first.",
        use = "For sequences whose places in the input are unknown: speech, handwriting.",
        source = "Graves et al. (2006); as PyTorch's CTCLoss.")
public record Ctc(
        @Description("The number of the blank symbol.") @Default("0") @Min(0) int blank,
        @Description("Whether targets that no alignment gives count 0 instead of infinity.") @Default("false") boolean zeroInfinity,
        @Description("Whether the input is [N, T, C]; if not, [T, N, C].") @Default("true") boolean batchFirst,
        @Description("How the elements become one number.") @Default("mean") Reduction reduction)
        implements Loss {

    @Override
    public List<String> inputs() {
        return List.of(LossInputs.INPUT, LossInputs.TARGET, "inputLengths", "targetLengths");
    }

    @Override
    public Elements elements(LossInputs inputs) {
        boolean oneRow = inputs.input().shape().rank() == 2
                && Stream.of("inputLengths", "targetLengths").allMatch(name -> inputs.get(name).shape().size() == 1);
        return oneRow ? ofRow(inputs) : ofRows(inputs);
    }

    /** A row alone is a batch of one. */
    private Elements ofRow(LossInputs inputs) {
        Map<String, Tensor> batch = new HashMap<>(inputs.tensors());
        batch.computeIfPresent(LossInputs.INPUT, (name, x) -> batchFirst ? x.reshape(1, x.shape().extent(0), x.shape().extent(1))
                : x.reshape(x.shape().extent(0), 1, x.shape().extent(1)));
        batch.computeIfPresent("inputLengths", (name, length) -> length.reshape(1));
        batch.computeIfPresent("targetLengths", (name, length) -> length.reshape(1));
        Elements one = ofRows(new LossInputs(inputs.loss(), batch));
        return new Elements(one.values().reshape(), one.divisor());
    }

    private Elements ofRows(LossInputs inputs) {
        Tensor x = inputs.input();
        int rows = rows(inputs);
        Tensor inputLengths = lengths(inputs, "inputLengths", rows);
        Tensor targetLengths = lengths(inputs, "targetLengths", rows);
        Tensor target = symbols(inputs, rows);

        CtcOp op = new CtcOp(inputs.loss(), blank, zeroInfinity, batchFirst);
        Tensor losses = x.custom(op, List.of(target, inputLengths, targetLengths)).slice(0, 0, rows);
        return Elements.of(reduction == Reduction.MEAN ? losses.div(targetLengths.cast(x.dtype()).max(1)) : losses);
    }

    private int rows(LossInputs inputs) {
        Shape shape = inputs.input().shape();
        if (shape.rank() != 3) {
            throw new ShapeException(inputs.loss() + ": 'input' must be " + (batchFirst ? "[rows, time, symbols]" : "[time, rows, symbols]")
                    + ", but has the shape " + shape);
        }
        if (blank >= shape.extent(2)) {
            throw new ShapeException(inputs.loss() + ": blank is " + blank + ", but 'input' has the symbols 0 to " + (shape.extent(2) - 1)
                    + ": its shape is " + shape);
        }
        return shape.extent(batchFirst ? 0 : 1);
    }

    private static Tensor lengths(LossInputs inputs, String name, int rows) {
        inputs.requireShape(name, Shape.of(rows));
        return whole(inputs, name);
    }

    private static Tensor symbols(LossInputs inputs, int rows) {
        Shape shape = inputs.target().shape();
        if (shape.rank() != 1 && (shape.rank() != 2 || shape.extent(0) != rows)) {
            throw new ShapeException(inputs.loss() + ": 'target' must be [rows, symbols] with " + rows + " rows, as 'input' is "
                    + inputs.input().shape() + ", or the symbols of all rows one after another; but its shape is " + shape);
        }
        return whole(inputs, LossInputs.TARGET);
    }

    private static Tensor whole(LossInputs inputs, String name) {
        if (inputs.get(name).dtype() != DType.INT32) {
            throw new ShapeException(inputs.loss() + ": '" + name + "' must be INT32, but is " + inputs.get(name).dtype());
        }
        return inputs.get(name);
    }
}
