package org.thalweg.loss;

import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/** Vectors along the last axis of input and target. */
final class VectorDifference {
    private VectorDifference() {}

    /** Input minus target, which have the same shape of rank 1 or more. */
    static Tensor of(LossInputs inputs) {
        if (inputs.input().shape().rank() == 0) {
            throw new ShapeException(inputs.loss() + ": 'input' must be vectors [..., size], but has the shape " + inputs.input().shape());
        }
        return inputs.input().sub(inputs.targetLikeInput());
    }
}
