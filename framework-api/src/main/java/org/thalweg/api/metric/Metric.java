package org.thalweg.api.metric;

import java.util.List;
import java.util.function.Function;
import org.thalweg.api.plugin.Stable;
import org.thalweg.api.tensor.Tensor;

/** A figure that tells people how good a model is. The traced part is summed over batches, so unequal batches add up right. */
@Stable
public interface Metric {
    /**
     * What to add up over the batches.
     *
     * @param prediction the model's output for a batch; the first one, where the model is applied to several columns
     * @param target the data's column: the first of the loss's inputs that is one, or else {@code target}
     * @return tensors whose shape does not depend on the batch's size
     */
    List<Tensor> sums(Tensor prediction, Tensor target);

    /**
     * The same for a metric that needs more columns of the data than the target, such as lengths.
     *
     * @param column gives a column of the batch by name
     */
    default List<Tensor> sums(Tensor prediction, Tensor target, Function<String, Tensor> column) {
        return sums(prediction, target);
    }

    /** Whether it must see all rows at once, because it compares them with each other; evaluation then has one batch. */
    default boolean wholeDataset() {
        return false;
    }

    /** The metric from the sums over all batches, the tensors' elements one after another. */
    double value(double[] sums);

    /** Whether more is better, as for accuracy. */
    boolean higherIsBetter();
}
