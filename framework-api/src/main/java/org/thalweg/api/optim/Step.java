package org.thalweg.api.optim;

import org.thalweg.api.plugin.Stable;
import org.thalweg.api.tensor.Tensor;

/** The numbers of a step, as scalars that the next step changes without tracing again; computed in double and rounded once. */
@Stable
public interface Step {
    /** The optimizer's learning rate times the schedule's factor. */
    Tensor learningRate();

    /** The number of the step, from 1, as a floating-point scalar. */
    Tensor number();

    /** 1 - beta^t for step t: what Adam divides its moments by. */
    default Tensor biasCorrection(double beta) {
        // -expm1(t log beta) is the same, but exact where beta^t is near 1.
        return number().mul(Math.log(beta)).expm1().neg();
    }

    /** BOOL: whether this is step 1. */
    default Tensor isFirst() {
        return number().equal(1);
    }
}
