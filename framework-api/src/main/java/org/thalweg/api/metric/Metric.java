package org.thalweg.api.metric;

import java.util.List;
import org.thalweg.api.plugin.Stable;
import org.thalweg.api.tensor.Tensor;

/** A figure that tells people how good a model is. The traced part is summed over batches, so unequal batches add up right. */
@Stable
public interface Metric {
    /**
     * What to add up over the batches.
     *
     * @param prediction the model's output for a batch
     * @param target the data's column
     * @return tensors whose shape does not depend on the batch's size
     */
    List<Tensor> sums(Tensor prediction, Tensor target);

    /** The metric from the sums over all batches, the tensors' elements one after another. */
    double value(double[] sums);

    /** Whether more is better, as for accuracy. */
    boolean higherIsBetter();
}
