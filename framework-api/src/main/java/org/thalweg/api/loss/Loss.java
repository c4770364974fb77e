package org.thalweg.api.loss;

import java.util.List;
import java.util.Optional;
import org.thalweg.api.plugin.Stable;
import org.thalweg.api.tensor.Tensor;

/**
 * What a model minimises. A loss names its inputs, checks their shapes (a target is never broadcast silently), and returns its elements before
 * any reduction; the framework reduces, and adds up unequal batches correctly. Traced once.
 */
@Stable
public interface Loss {
    /** The names of the inputs; the first is the model's output, the others are columns of the data. */
    default List<String> inputs() {
        return List.of(LossInputs.INPUT, LossInputs.TARGET);
    }

    /** The elements and what their sum is divided by for {@link Reduction#MEAN}. */
    Elements elements(LossInputs inputs);

    /** How the elements become one number; a setting of most losses. */
    default Reduction reduction() {
        return Reduction.MEAN;
    }

    /**
     * This loss with a weight for each class, where it judges by class numbers and has such weights.
     *
     * @param weights by class number, at least 0
     * @return nothing where the loss takes no weights of classes
     * @throws IllegalArgumentException where it has weights already, or is for another number of classes
     */
    default Optional<Loss> withClassWeights(List<Double> weights) {
        return Optional.empty();
    }

    /** What the model's output is to this loss. */
    default Scores scores() {
        return Scores.VALUES;
    }

    /**
     * The elements of a loss before reduction.
     *
     * @param values one number for each thing that is judged
     * @param divisor a scalar: what the sum is divided by for the mean
     */
    record Elements(Tensor values, Tensor divisor) {
        /** Elements whose mean is the plain one: divided by their number. */
        public static Elements of(Tensor values) {
            return new Elements(values, values.constant(values.shape().size()));
        }
    }
}
