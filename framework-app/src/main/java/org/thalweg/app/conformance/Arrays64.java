package org.thalweg.app.conformance;

import org.thalweg.api.tensor.DType;

/** Arrays of tensors, and the same numbers as doubles; FLOAT32 does not occur here. */
final class Arrays64 {
    private Arrays64() {}

    static Object of(DType dtype, double... values) {
        switch (dtype) {
            case FLOAT64 -> {
                return values.clone();
            }
            case INT32 -> {
                int[] ints = new int[values.length];
                for (int i = 0; i < ints.length; i++) {
                    ints[i] = (int) values[i];
                }
                return ints;
            }
            case BOOL -> {
                boolean[] truths = new boolean[values.length];
                for (int i = 0; i < truths.length; i++) {
                    truths[i] = values[i] != 0;
                }
                return truths;
            }
            default -> throw new IllegalArgumentException("cases are computed in FLOAT64, not in " + dtype);
        }
    }

    static double[] toDoubles(Object array, int size) {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = switch (array) {
                case double[] doubles -> doubles[i];
                case int[] ints -> ints[i];
                case boolean[] truths -> truths[i] ? 1 : 0;
                default -> throw new IllegalArgumentException("cases are computed in FLOAT64, not in " + array.getClass().getSimpleName());
            };
        }
        return values;
    }
}
