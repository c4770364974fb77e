package org.thalweg.optim;

import org.thalweg.api.tensor.DType;

/** Arrays of either floating-point type. */
final class Numbers {
    private Numbers() {}

    static Object array(DType dtype, double... values) {
        if (dtype == DType.FLOAT64) {
            return values.clone();
        }
        float[] array = new float[values.length];
        copy(values, array);
        return array;
    }

    static void copy(double[] from, Object to) {
        for (int i = 0; i < from.length; i++) {
            if (to instanceof float[] floats) {
                floats[i] = (float) from[i];
            } else {
                ((double[]) to)[i] = from[i];
            }
        }
    }

    /** The first numbers of an array. */
    static double[] doubles(Object array, int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = array instanceof float[] floats ? floats[i] : ((double[]) array)[i];
        }
        return values;
    }
}
