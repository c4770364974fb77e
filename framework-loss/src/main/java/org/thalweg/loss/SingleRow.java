package org.thalweg.loss;

import java.util.Map;
import java.util.function.Function;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.tensor.Tensor;

/** The scores of one row, [C], with a target of its own: taken for a batch of one row, whose element is then a scalar. */
final class SingleRow {
    private SingleRow() {}

    /**
     * What the loss makes of rows.
     *
     * @param targetsOfClasses whether a row's target may be [C], as the scores are; if not, it is a scalar
     */
    static Loss.Elements orRows(LossInputs inputs, boolean targetsOfClasses, Function<LossInputs, Loss.Elements> ofRows) {
        Tensor x = inputs.input();
        Tensor target = inputs.target();
        boolean fits = target.shape().rank() == 0 || targetsOfClasses && target.shape().equals(x.shape());
        if (x.shape().rank() != 1 || !fits) {
            return ofRows.apply(inputs);
        }
        Tensor row = target.shape().rank() == 0 ? target.reshape(1) : target.reshape(1, -1);
        Loss.Elements one = ofRows.apply(new LossInputs(inputs.loss(), Map.of(LossInputs.INPUT, x.reshape(1, -1), LossInputs.TARGET, row)));
        return new Loss.Elements(one.values().reshape(), one.divisor());
    }
}
