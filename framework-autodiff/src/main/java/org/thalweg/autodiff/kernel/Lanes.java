package org.thalweg.autodiff.kernel;

import java.util.Arrays;

/**
 * The lanes of sums and of largest values, which fill 64 bytes whatever the machine: elements go to them in turn, and then the upper half of them is added to the
 * lower until one is left. The trees are written out, since a loop over so few numbers takes several times as long.
 */
public final class Lanes {
    public static final int FLOATS = 16;
    public static final int DOUBLES = 8;

    private static final float[] ZEROS = new float[FLOATS];
    private static final float[] LOWEST = new float[FLOATS];
    private static final double[] DOUBLE_ZEROS = new double[DOUBLES];
    private static final double[] DOUBLE_LOWEST = new double[DOUBLES];

    static {
        Arrays.fill(LOWEST, Float.NEGATIVE_INFINITY);
        Arrays.fill(DOUBLE_LOWEST, Double.NEGATIVE_INFINITY);
    }

    private Lanes() {}

    /** Puts 0 into lanes, or negative infinity. A copy, since the JIT makes several loops of each place where an array is filled. */
    public static void clear(float[] lanes, int from, float value) {
        System.arraycopy(value == 0 ? ZEROS : LOWEST, 0, lanes, from, FLOATS);
    }

    /** Puts 0 into lanes, or negative infinity. */
    public static void clear(double[] lanes, int from, double value) {
        System.arraycopy(value == 0 ? DOUBLE_ZEROS : DOUBLE_LOWEST, 0, lanes, from, DOUBLES);
    }

    public static float sum(float[] lanes, int from) {
        float a = lanes[from] + lanes[from + 8] + (lanes[from + 4] + lanes[from + 12]);
        float b = lanes[from + 1] + lanes[from + 9] + (lanes[from + 5] + lanes[from + 13]);
        float c = lanes[from + 2] + lanes[from + 10] + (lanes[from + 6] + lanes[from + 14]);
        float d = lanes[from + 3] + lanes[from + 11] + (lanes[from + 7] + lanes[from + 15]);
        return a + c + (b + d);
    }

    public static double sum(double[] lanes, int from) {
        double a = lanes[from] + lanes[from + 4] + (lanes[from + 2] + lanes[from + 6]);
        double b = lanes[from + 1] + lanes[from + 5] + (lanes[from + 3] + lanes[from + 7]);
        return a + b;
    }

    /** The sum of lanes of either type, to an array of the same type. */
    static void sum(Object lanes, int from, Object to, int at) {
        if (lanes instanceof float[] floats) {
            ((float[]) to)[at] = sum(floats, from);
        } else {
            ((double[]) to)[at] = sum((double[]) lanes, from);
        }
    }

    /** Several sums of lanes that follow each other. */
    static void sums(int count, Object lanes, Object to, int at) {
        if (lanes instanceof float[] floats) {
            float[] sums = (float[]) to;
            for (int i = 0; i < count; i++) {
                sums[at + i] = sum(floats, i * FLOATS);
            }
        } else {
            double[] sums = (double[]) to;
            for (int i = 0; i < count; i++) {
                sums[at + i] = sum((double[]) lanes, i * DOUBLES);
            }
        }
    }

    public static float max(float[] lanes, int from) {
        float a = Math.max(Math.max(lanes[from], lanes[from + 8]), Math.max(lanes[from + 4], lanes[from + 12]));
        float b = Math.max(Math.max(lanes[from + 1], lanes[from + 9]), Math.max(lanes[from + 5], lanes[from + 13]));
        float c = Math.max(Math.max(lanes[from + 2], lanes[from + 10]), Math.max(lanes[from + 6], lanes[from + 14]));
        float d = Math.max(Math.max(lanes[from + 3], lanes[from + 11]), Math.max(lanes[from + 7], lanes[from + 15]));
        return Math.max(Math.max(a, c), Math.max(b, d));
    }

    public static double max(double[] lanes, int from) {
        double a = Math.max(Math.max(lanes[from], lanes[from + 4]), Math.max(lanes[from + 2], lanes[from + 6]));
        double b = Math.max(Math.max(lanes[from + 1], lanes[from + 5]), Math.max(lanes[from + 3], lanes[from + 7]));
        return Math.max(a, b);
    }
}
