package org.thalweg.loss;

import java.util.List;
import org.thalweg.api.tensor.Tensor;

/** The numbers of a setting as a vector. */
final class ConstantVector {
    private ConstantVector() {}

    /** In the type of another tensor; at least one number. */
    static Tensor of(Tensor like, List<Double> numbers) {
        return like.constants(numbers.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
