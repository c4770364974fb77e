package org.thalweg.loss;

import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;

/** Targets that are -1 or 1. */
final class SignedTarget {
    private SignedTarget() {}

    /** The target in the input's shape and type. */
    static Tensor likeInput(LossInputs inputs) {
        return checked(inputs.targetLikeInput());
    }

    /** The target in the type of a tensor, and of a given shape. */
    static Tensor of(LossInputs inputs, Tensor like, Shape shape) {
        inputs.requireShape(LossInputs.TARGET, shape);
        return checked(inputs.target().cast(like.dtype()));
    }

    /** Every other number becomes NaN, and with it the element of the loss, which stops a training. */
    private static Tensor checked(Tensor t) {
        return t.abs().equal(1).where(t, t.constant(Double.NaN));
    }
}
