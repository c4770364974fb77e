package org.thalweg.loss;

import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/** How much predicted and wanted regions overlap, for each row: sums over all other axes, of probabilities p and targets t. */
record Overlap(Tensor both, Tensor predictedOnly, Tensor wantedOnly) {
    static Overlap of(LossInputs inputs, boolean logits) {
        Tensor x = inputs.input();
        Tensor t = inputs.targetLikeInput();
        Shape shape = x.shape();
        if (shape.rank() < 2) {
            throw new ShapeException(inputs.loss() + ": 'input' must be [rows, ...], but has the shape " + shape);
        }
        Shape rows = Shape.of(shape.extent(0), (int) (shape.size() / Math.max(1, shape.extent(0))));
        Tensor p = (logits ? x.sigmoid() : x).reshape(rows);
        Tensor wanted = t.reshape(rows);
        return new Overlap(p.mul(wanted).sum(1), p.mul(wanted.neg().add(1)).sum(1), p.neg().add(1).mul(wanted).sum(1));
    }
}
