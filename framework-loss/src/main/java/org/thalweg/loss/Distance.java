package org.thalweg.loss;

import org.thalweg.api.tensor.Tensor;

/** How far vectors are apart, along the last axis. */
public enum Distance {
    /** {@code |x - y + 1e-6|_2}, as PyTorch's PairwiseDistance. */
    EUCLIDEAN {
        @Override
        Tensor of(Tensor x, Tensor y) {
            return Norm.of(x.sub(y).add(Triplet.EPSILON), 2);
        }
    },
    /** The square of the Euclidean distance. */
    SQUARED_EUCLIDEAN {
        @Override
        Tensor of(Tensor x, Tensor y) {
            return x.sub(y).square().sum(-1);
        }
    },
    /** The sum of the differences' sizes. */
    MANHATTAN {
        @Override
        Tensor of(Tensor x, Tensor y) {
            return Norm.of(x.sub(y), 1);
        }
    },
    /** The largest difference. */
    CHEBYSHEV {
        @Override
        Tensor of(Tensor x, Tensor y) {
            return Norm.of(x.sub(y), Double.POSITIVE_INFINITY);
        }
    },
    /** 1 - cos(x, y); a zero vector has the cosine 0. */
    COSINE {
        @Override
        Tensor of(Tensor x, Tensor y) {
            return UnitVector.of(x).mul(UnitVector.of(y)).sum(-1).neg().add(1);
        }
    };

    abstract Tensor of(Tensor x, Tensor y);
}
