package org.thalweg.loss;

import org.thalweg.api.tensor.Tensor;

/** {@code max(0, x)} as the margin losses take it. */
final class PositivePart {
    private PositivePart() {}

    /** The gradient passes at 0, as through PyTorch's clamp_min; NaN stays NaN. */
    static Tensor of(Tensor x) {
        return x.less(0).where(x.constant(0), x);
    }
}
