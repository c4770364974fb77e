package org.thalweg.autodiff.compile;

import java.util.Arrays;

/**
 * The lanes of reductions, private to a thread, and what generated loops do with them. A sum over an axis is, on every machine and with every kernel:
 * element i is added to lane i modulo the number of lanes, in order; then the upper half of the lanes is added to the lower until one is left. Lanes fill
 * 64 bytes.
 */
final class Scratch {
    static final int FLOAT_LANES = 16;
    static final int DOUBLE_LANES = 8;

    final float[] floats;
    final double[] doubles;

    Scratch(int reductions) {
        floats = new float[reductions * FLOAT_LANES];
        doubles = new double[reductions * DOUBLE_LANES];
    }

    static void clear(float[] lanes, int from, float value) {
        Arrays.fill(lanes, from, from + FLOAT_LANES, value);
    }

    static void clear(double[] lanes, int from, double value) {
        Arrays.fill(lanes, from, from + DOUBLE_LANES, value);
    }

    static float sum(float[] lanes, int from) {
        for (int half = FLOAT_LANES / 2; half > 0; half /= 2) {
            for (int i = from; i < from + half; i++) {
                lanes[i] += lanes[i + half];
            }
        }
        return lanes[from];
    }

    static double sum(double[] lanes, int from) {
        for (int half = DOUBLE_LANES / 2; half > 0; half /= 2) {
            for (int i = from; i < from + half; i++) {
                lanes[i] += lanes[i + half];
            }
        }
        return lanes[from];
    }

    static float max(float[] lanes, int from) {
        float largest = lanes[from];
        for (int i = from + 1; i < from + FLOAT_LANES; i++) {
            largest = Math.max(largest, lanes[i]);
        }
        return largest;
    }

    static double max(double[] lanes, int from) {
        double largest = lanes[from];
        for (int i = from + 1; i < from + DOUBLE_LANES; i++) {
            largest = Math.max(largest, lanes[i]);
        }
        return largest;
    }

    /** Truncating division; by zero it gives 0, so that a masked-out element cannot stop a run. */
    static int divide(int x, int y) {
        return y == 0 ? 0 : x / y;
    }

    /** x to the power of y as the library's double function, rounded once. */
    static float pow(float x, float y) {
        return (float) StrictMath.pow(x, y);
    }
}
