package org.thalweg.api.optim;

import org.thalweg.api.plugin.Stable;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;

/** The numbers of a step, as scalars that the next step changes without tracing again; computed in double and rounded once. */
@Stable
public interface Step {
    /** The optimizer's learning rate times the schedule's factor. */
    Tensor learningRate();

    /**
     * The learning rate of one parameter, which differs where its group has a rate of its own. For transforms, which see all parameters; an
     * optimizer's {@link #learningRate()} is that of its parameter already.
     *
     * @param path of the parameter
     */
    default Tensor learningRate(String path) {
        return learningRate();
    }

    /** The number of the step, from 1, as a floating-point scalar. */
    Tensor number();

    /** 1 - beta^t for step t: what Adam divides its moments by. */
    default Tensor biasCorrection(double beta) {
        // -expm1(t log beta) is the same, but exact where beta^t is near 1.
        return number().mul(Math.log(beta)).expm1().neg();
    }

    /**
     * Uniform random numbers in [0, 1) in the model's type, new at every step, the same for the same seed on any number of threads. Each call
     * is a stream of its own, also where another one has the same name.
     *
     * @param name of the stream, the path of the parameter it is for: its numbers then do not depend on what other parameters there are
     */
    default Tensor uniform(String name, Shape shape) {
        throw new UnsupportedOperationException("there are no random numbers here, but '" + name + "' asks for " + shape);
    }

    /** BOOL: whether this is step 1. */
    default Tensor isFirst() {
        return number().equal(1);
    }
}
