package org.thalweg.app.pipeline;

import java.util.Objects;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.autodiff.compile.ElementArrays;

/** A named array with its shape and type; immutable. Two are equal if all bits are. */
public final class StoredTensor {
    private final String name;
    private final Shape shape;
    private final DType dtype;
    private final Object array;

    StoredTensor(String name, Shape shape, DType dtype, Object array) {
        this.name = name;
        this.shape = shape;
        this.dtype = dtype;
        this.array = ElementArrays.copy(array);
    }

    /**
     * A tensor that was kept elsewhere.
     *
     * @param array row-major, as long as the shape's size, of the type's elements; copied
     */
    public static StoredTensor of(String name, Shape shape, DType dtype, Object array) {
        return new StoredTensor(name, shape, dtype, array);
    }

    /** The path of a parameter or state, as {@code 0.weight}. */
    public String name() {
        return name;
    }

    /** The extents. */
    public Shape shape() {
        return shape;
    }

    /** The type of the elements. */
    public DType dtype() {
        return dtype;
    }

    /** A copy of the elements, row-major: {@code float[]}, {@code double[]}, {@code int[]} or {@code boolean[]}. */
    public Object array() {
        return ElementArrays.copy(array);
    }

    /** A copy of the elements as doubles; true is 1. */
    public double[] values() {
        return ElementArrays.toDoubles(array, (int) shape.size());
    }

    boolean isFinite() {
        return ElementArrays.isFinite(array);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StoredTensor that && name.equals(that.name) && shape.equals(that.shape) && dtype == that.dtype
                && Objects.deepEquals(array, that.array);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, shape, dtype);
    }

    /** The name, type and shape. */
    @Override
    public String toString() {
        return name + " " + dtype + shape;
    }
}
