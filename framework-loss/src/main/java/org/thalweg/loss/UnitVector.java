package org.thalweg.loss;

import org.thalweg.api.tensor.Tensor;

/** Vectors along the last axis scaled to length 1. */
final class UnitVector {
    private static final double LEAST_LENGTH = 1e-8;

    private UnitVector() {}

    /** A vector shorter than 1e-8 is divided by that, so the zero vector stays. */
    static Tensor of(Tensor x) {
        Tensor length = Norm.of(x, 2).max(LEAST_LENGTH);
        return x.div(length.reshape(x.shape().with(-1, 1)));
    }
}
