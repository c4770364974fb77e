package org.thalweg.loss;

import java.util.List;
import java.util.function.Function;
import org.thalweg.api.metric.Metric;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/**
 * How many symbols of all targets are wrong (Graves et al., 2006): the smallest number of insertions, deletions and replacements that make the
 * answers the targets, over the number of symbols of the targets; 0 is perfect, and it may be above 1. The answer of a row is the symbol of the
 * highest score at each time step, without repetitions and then without blanks, what {@link Ctc} trains.
 *
 * <ul>
 *   <li>prediction: scores of C symbols, [N, T, C];
 *   <li>target: the symbols of each row, INT32 [N, S];
 *   <li>two more columns of the data, INT32 [N]: how many time steps and symbols of each row count.
 * </ul>
 *
 * Without a symbol in any target it is NaN.
 *
 * @param blank the number of the blank symbol
 * @param inputLengths the column of the numbers of time steps
 * @param targetLengths the column of the numbers of symbols
 */
@Description("The smallest number of insertions, deletions and replacements that make the answers the targets, a symbol of the targets: judges what ctc"
        + " trains, by the highest score at each time step. The prediction is [N, T, C], the target symbols [N, S].")
public record LabelErrorRate(
        @Description("The number of the blank symbol.") @Default("0") @Min(0) int blank,
        @Description("The column that says how many time steps of a row count.") @Default("inputLengths") String inputLengths,
        @Description("The column that says how many symbols of a target count.") @Default("targetLengths") String targetLengths)
        implements Metric {

    /** Here every time step counts, and every symbol but blanks, with which targets are filled up. */
    @Override
    public List<Tensor> sums(Tensor prediction, Tensor target) {
        Tensor answers = answers(prediction, target);
        Tensor all = target.zerosLike().sum(1);
        return errors(prediction, answers, target, all.add(prediction.shape().extent(1)),
                target.notEqual(blank).cast(DType.INT32).sum(1));
    }

    @Override
    public List<Tensor> sums(Tensor prediction, Tensor target, Function<String, Tensor> column) {
        Tensor answers = answers(prediction, target);
        return errors(prediction, answers, target, lengths(column, inputLengths, prediction), lengths(column, targetLengths, prediction));
    }

    private static Tensor answers(Tensor prediction, Tensor target) {
        Shape shape = prediction.shape();
        if (shape.rank() != 3 || target.dtype() != DType.INT32 || target.shape().rank() != 2 || target.shape().extent(0) != shape.extent(0)) {
            throw new ShapeException("label-error-rate needs scores [N, T, C] and symbols INT32 [N, S], but is given " + prediction.dtype() + shape
                    + " and " + target.dtype() + target.shape());
        }
        return prediction.argMax(2);
    }

    private static Tensor lengths(Function<String, Tensor> column, String name, Tensor prediction) {
        Tensor lengths = column.apply(name);
        if (lengths.dtype() != DType.INT32 || !lengths.shape().equals(Shape.of(prediction.shape().extent(0)))) {
            throw new ShapeException("label-error-rate: '" + name + "' must be one whole number a row, INT32 [N], but is " + lengths.dtype() + lengths.shape());
        }
        return lengths;
    }

    private List<Tensor> errors(Tensor prediction, Tensor answers, Tensor target, Tensor inputLengths, Tensor targetLengths) {
        Tensor counts = prediction.slice(2, 0, 1).custom(new EditDistanceOp(blank), List.of(answers, target, inputLengths, targetLengths));
        return List.of(counts);
    }

    @Override
    public double value(double[] sums) {
        return sums[0] / sums[1];
    }

    @Override
    public boolean higherIsBetter() {
        return false;
    }
}
