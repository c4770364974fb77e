package org.thalweg.loss;

import org.thalweg.api.tensor.Tensor;

/** The length of vectors along the last axis, which disappears: {@code (sum |d|^p)^(1/p)}. */
final class Norm {
    private Norm() {}

    /** The gradient at the zero vector is 0, as in PyTorch; an infinite p gives the largest |d|, equal ones sharing the gradient. */
    static Tensor of(Tensor d, double p) {
        Tensor size = d.abs();
        if (p == 1) {
            return size.sum(-1);
        }
        if (p == Double.POSITIVE_INFINITY) {
            return size.max(-1);
        }
        return p == 2 ? root(d.square().sum(-1), 2) : general(size, p);
    }

    private static Tensor general(Tensor size, double p) {
        // In units of the largest element no power overflows; the unit cancels in the gradient.
        Tensor largest = size.maxKeepingAxes(-1).stopGradient();
        Tensor unit = largest.greater(0).where(largest, size.constant(1));
        Tensor none = size.equal(0);
        Tensor powers = none.where(size.constant(0), none.where(size.constant(1), size.div(unit)).pow(p));
        return root(powers.sum(-1), p).mul(unit.reshape(size.shape().without(-1)));
    }

    private static Tensor root(Tensor sum, double p) {
        Tensor none = sum.equal(0);
        Tensor positive = none.where(sum.constant(1), sum);
        return none.where(sum.constant(0), p == 2 ? positive.sqrt() : positive.pow(1 / p));
    }
}
