package org.thalweg.loss;

import java.util.List;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/** The numbers of a setting as a vector. */
final class ConstantVector {
    private ConstantVector() {}

    /** In the type of another tensor; at least one number. */
    static Tensor of(Tensor like, List<Double> numbers) {
        return like.constants(numbers.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** A number for each position of the last axis of the input. */
    static Tensor ofLastAxis(String setting, List<Double> numbers, LossInputs inputs) {
        Shape shape = inputs.input().shape();
        if (shape.rank() == 0 || numbers.size() != shape.extent(-1)) {
            throw new ShapeException(inputs.loss() + ": " + setting + " needs a number for each position of the last axis of 'input', "
                    + shape + ", but has " + numbers.size());
        }
        return of(inputs.input(), numbers);
    }
}
