package org.thalweg.loss;

import java.util.Arrays;
import java.util.List;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/** The numbers of a setting as a vector. */
final class ConstantVector {
    private ConstantVector() {}

    /** In the type of another tensor; at least one number. */
    static Tensor of(Tensor like, List<Double> numbers) {
        return like.constants(numbers.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** One number for all elements of the input, or one for each position of its last axis or axes. */
    static Tensor ofLastAxes(String setting, List<Double> numbers, LossInputs inputs) {
        int[] extents = inputs.input().shape().toArray();
        int positions = 1;
        for (int axis = extents.length; axis >= 0; axis--) {
            if (positions == numbers.size()) {
                return of(inputs.input(), numbers).reshape(Arrays.copyOfRange(extents, axis, extents.length));
            }
            positions *= axis == 0 ? 0 : extents[axis - 1];
        }
        throw new ShapeException(inputs.loss() + ": " + setting + " needs a number for each position of the last axis of 'input', "
                + inputs.input().shape() + ", but has " + numbers.size());
    }
}
