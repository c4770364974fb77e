package org.thalweg.api.layer;

import java.util.random.RandomGenerator;
import org.thalweg.api.plugin.Stable;
import org.thalweg.api.tensor.Shape;

/** The values that a parameter starts from. */
@Stable
public interface Initializer {
    /**
     * Values in row-major order.
     *
     * @param shape of the parameter; a weight is [out, in, ...]
     * @param random a stream of its own for this parameter
     */
    double[] values(Shape shape, RandomGenerator random);

    /** The number of inputs of each output of a weight [out, in, ...]: in times what follows. For a vector, its length. */
    static long fanIn(Shape shape) {
        return shape.rank() == 0 ? 1 : shape.rank() == 1 ? shape.extent(0) : shape.size() / Math.max(1, shape.extent(0));
    }

    /** The number of outputs that each input of a weight [out, in, ...] reaches: out times what follows in. */
    static long fanOut(Shape shape) {
        return shape.rank() < 2 ? fanIn(shape) : shape.size() / Math.max(1, shape.extent(1));
    }
}
