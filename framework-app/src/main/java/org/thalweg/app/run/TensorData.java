package org.thalweg.app.run;

import java.util.Arrays;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;

/**
 * A tensor's values. The array is not copied, since weights are large: its owner must not change it meanwhile.
 *
 * @param dtype FLOAT32, FLOAT64 or INT32
 * @param shape of the tensor
 * @param array a {@code float[]}, {@code double[]} or {@code int[]}, row-major, as long as the shape's size
 */
public record TensorData(DType dtype, Shape shape, Object array) {
    /** Checks the array against type and shape. */
    public TensorData {
        int length = switch (array) {
            case float[] values when dtype == DType.FLOAT32 -> values.length;
            case double[] values when dtype == DType.FLOAT64 -> values.length;
            case int[] values when dtype == DType.INT32 -> values.length;
            default -> throw new IllegalArgumentException("a tensor of " + dtype + " cannot be kept in a " + array.getClass().getSimpleName());
        };
        if (length != shape.size()) {
            throw new IllegalArgumentException("a tensor of shape " + shape + " needs " + shape.size() + " values, but was given " + length);
        }
    }

    /** Single precision. */
    public static TensorData of(Shape shape, float... values) {
        return new TensorData(DType.FLOAT32, shape, values);
    }

    /** Double precision. */
    public static TensorData of(Shape shape, double... values) {
        return new TensorData(DType.FLOAT64, shape, values);
    }

    /** Whole numbers. */
    public static TensorData of(Shape shape, int... values) {
        return new TensorData(DType.INT32, shape, values);
    }

    /** The values of a FLOAT32 tensor. */
    public float[] floats() {
        return (float[]) array;
    }

    /** The values of a FLOAT64 tensor. */
    public double[] doubles() {
        return (double[]) array;
    }

    /** The values of an INT32 tensor. */
    public int[] ints() {
        return (int[]) array;
    }

    /** A copy of the values as doubles, which hold all of them exactly. */
    double[] toDoubles() {
        return switch (array) {
            case float[] values -> {
                double[] wide = new double[values.length];
                for (int i = 0; i < wide.length; i++) {
                    wide[i] = values[i];
                }
                yield wide;
            }
            case double[] values -> values.clone();
            default -> Arrays.stream((int[]) array).asDoubleStream().toArray();
        };
    }

    /** The size in bytes. */
    long bytes() {
        return shape.size() * dtype.bytes();
    }
}
