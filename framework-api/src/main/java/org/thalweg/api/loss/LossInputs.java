package org.thalweg.api.loss;

import java.util.Map;
import org.thalweg.api.plugin.Stable;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/**
 * The tensors that a loss was given, by name.
 *
 * @param loss the loss's name, for messages
 * @param tensors by name
 */
@Stable
public record LossInputs(String loss, Map<String, Tensor> tensors) {
    /** The usual name of the model's output. */
    public static final String INPUT = "input";
    /** The usual name of what the data says it should be. */
    public static final String TARGET = "target";

    /** Copies the map. */
    public LossInputs {
        tensors = Map.copyOf(tensors);
    }

    /** The model's output. */
    public Tensor input() {
        return get(INPUT);
    }

    /** What the data says the output should be. */
    public Tensor target() {
        return get(TARGET);
    }

    /** An input by name. */
    public Tensor get(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new ShapeException(loss + ": there is no input '" + name + "'; given: " + tensors.keySet());
        }
        return tensor;
    }

    /** Checks that an input has a shape. */
    public void requireShape(String name, Shape shape) {
        if (!get(name).shape().equals(shape)) {
            throw new ShapeException(loss + ": '" + name + "' must have the shape " + shape + ", but has " + get(name).shape());
        }
    }

    /**
     * The target, in the input's shape and type: the check of every loss that compares element by element. One number a row, [N], may face a
     * column of one, [N, 1]: the elements are the same, in the same order. Nothing is ever broadcast.
     */
    public Tensor targetLikeInput() {
        Tensor target = target();
        Shape shape = input().shape();
        if (target.shape().equals(shape)) {
            return target.cast(input().dtype());
        }
        if (oneARow(shape) && oneARow(target.shape()) && target.shape().extent(0) == shape.extent(0)) {
            return target.cast(input().dtype()).reshape(shape);
        }
        throw new ShapeException(loss + ": '" + TARGET + "' must have the shape of '" + INPUT + "', " + shape + ", but has " + target.shape());
    }

    private static boolean oneARow(Shape shape) {
        return shape.rank() == 1 || shape.rank() == 2 && shape.extent(1) == 1;
    }
}
