package org.thalweg.autodiff.compile;

import org.thalweg.api.tensor.DType;

/** The Java arrays behind tensors: {@code float[]}, {@code double[]}, {@code int[]} and {@code boolean[]}. */
public final class ElementArrays {
    private ElementArrays() {}

    /** Zeros. */
    public static Object allocate(DType dtype, int size) {
        return switch (dtype) {
            case FLOAT32 -> new float[size];
            case FLOAT64 -> new double[size];
            case INT32 -> new int[size];
            case BOOL -> new boolean[size];
        };
    }

    /** Numbers in a type; each is rounded once, and what is not 0 is true. */
    public static Object of(DType dtype, double... values) {
        Object array = allocate(dtype, values.length);
        for (int i = 0; i < values.length; i++) {
            switch (array) {
                case float[] floats -> floats[i] = (float) values[i];
                case double[] doubles -> doubles[i] = values[i];
                case int[] ints -> ints[i] = (int) values[i];
                default -> ((boolean[]) array)[i] = values[i] != 0;
            }
        }
        return array;
    }

    /** The first elements of an array. */
    public static double[] toDoubles(Object array, int size) {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = element(array, i);
        }
        return values;
    }

    /** One element; true is 1. */
    public static double element(Object array, int index) {
        return switch (array) {
            case float[] floats -> floats[index];
            case double[] doubles -> doubles[index];
            case int[] ints -> ints[index];
            default -> ((boolean[]) array)[index] ? 1 : 0;
        };
    }

    /** Whether no number is infinite or NaN. */
    public static boolean isFinite(Object array) {
        // Infinities and NaN times 0 are NaN, and stay it in a sum.
        return switch (array) {
            case float[] floats -> {
                float sum = 0;
                for (float number : floats) {
                    sum += number * 0;
                }
                yield sum == 0;
            }
            case double[] doubles -> {
                double sum = 0;
                for (double number : doubles) {
                    sum += number * 0;
                }
                yield sum == 0;
            }
            default -> true;
        };
    }

    /** Another array with the same elements. */
    public static Object copy(Object array) {
        return switch (array) {
            case float[] floats -> floats.clone();
            case double[] doubles -> doubles.clone();
            case int[] ints -> ints.clone();
            default -> ((boolean[]) array).clone();
        };
    }
}
