package org.thalweg.loss;

import java.util.function.UnaryOperator;
import org.thalweg.api.tensor.Tensor;

/** A value whose gradient is not the derivative of its formula. */
final class GivenGradient {
    private GivenGradient() {}

    /** The formula's value at x, with the given derivative with respect to x; that of anything else in the formula is its own. */
    static Tensor of(UnaryOperator<Tensor> formula, Tensor x, Tensor derivative) {
        Tensor nothing = x.sub(x.stopGradient());
        return formula.apply(x.stopGradient()).add(nothing.mul(derivative.stopGradient()));
    }
}
