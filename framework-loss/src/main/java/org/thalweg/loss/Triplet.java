package org.thalweg.loss;

import java.util.function.BinaryOperator;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/** An anchor, something like it and something unlike it: vectors of the same shape [..., D]. */
record Triplet(Tensor anchor, Tensor positive, Tensor negative) {
    /** Added to differences, as in PyTorch: keeps the root away from 0. */
    static final double EPSILON = 1e-6;

    static Triplet of(LossInputs inputs) {
        Tensor anchor = inputs.get("anchor");
        if (anchor.shape().rank() == 0) {
            throw new ShapeException(inputs.loss() + ": 'anchor' must be vectors [rows, size], but has the shape " + anchor.shape());
        }
        inputs.requireShape("positive", anchor.shape());
        inputs.requireShape("negative", anchor.shape());
        return new Triplet(anchor, inputs.get("positive").cast(anchor.dtype()), inputs.get("negative").cast(anchor.dtype()));
    }

    /** {@code max(0, d(a, p) - d(a, n) + margin)}; with swap the negative's distance is the smaller one of those to a and to p. */
    Tensor violation(BinaryOperator<Tensor> distance, double margin, boolean swap) {
        Tensor near = distance.apply(anchor, positive);
        Tensor far = distance.apply(anchor, negative);
        Tensor nearer = swap ? far.min(distance.apply(positive, negative)) : far;
        return PositivePart.of(near.sub(nearer).add(margin));
    }
}
