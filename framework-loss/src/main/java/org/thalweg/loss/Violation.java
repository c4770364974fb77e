package org.thalweg.loss;

import java.util.List;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Tensor;

/** By how much a margin is missed: what the hinge losses cut off at 0. */
final class Violation {
    private Violation() {}

    /**
     * Of two classes, {@code margin - y * x}, for targets y = -1 or 1 in the input's shape; of several (Crammer and Singer, 2001),
     * {@code max_{c != y} x_c + margin - x_y}, for scores [N, C] and class numbers [N].
     */
    static Tensor of(LossInputs inputs, double margin) {
        Tensor x = inputs.input();
        boolean several = x.shape().rank() == 2 && inputs.target().dtype() == DType.INT32
                && inputs.target().shape().equals(x.shape().without(1)) && x.shape().extent(1) > 1;
        return several ? crammerSinger(inputs, margin) : SignedTarget.likeInput(inputs).neg().mul(x).add(margin);
    }

    private static Tensor crammerSinger(LossInputs inputs, double margin) {
        Tensor x = inputs.input();
        Tensor y = inputs.target();
        ClassTargets classes = ClassTargets.ofRows(inputs, List.of());
        Tensor best = classes.isTarget(y).where(x.constant(Double.NEGATIVE_INFINITY), x).max(1);
        return classes.ofExisting(y, best.add(margin).sub(classes.ofTarget(y, x)));
    }
}
