package org.thalweg.autodiff.kernel;

/** Dot products in plain Java, and the sum of their lanes. */
final class PlainDots {
    private PlainDots() {}

    /** What {@link GemmKernels#dots} computes. */
    static void lanes(int rows, int columns, int length, Object a, int aStart, int aRow, Object b, int bStart, int[] bRows, int first, Object lanes,
            int lanesStart, int size) {
        for (int r = 0; r < rows; r++) {
            for (int q = 0; q < columns; q++) {
                int from = aStart + r * aRow;
                int with = bStart + bRows[first + q];
                if (a instanceof float[] x) {
                    lanes(x, from, (float[]) b, with, length, (float[]) lanes, lanesStart + (r * size + q) * 16);
                } else {
                    lanes((double[]) a, from, (double[]) b, with, length, (double[]) lanes, lanesStart + (r * size + q) * 8);
                }
            }
        }
    }

    private static void lanes(float[] x, int from, float[] y, int with, int length, float[] lanes, int at) {
        for (int i = 0; i < length; i++) {
            lanes[at + (i & 15)] = Math.fma(x[from + i], y[with + i], lanes[at + (i & 15)]);
        }
    }

    private static void lanes(double[] x, int from, double[] y, int with, int length, double[] lanes, int at) {
        for (int i = 0; i < length; i++) {
            lanes[at + (i & 7)] = Math.fma(x[from + i], y[with + i], lanes[at + (i & 7)]);
        }
    }

    /** Adds the upper half of the lanes to the lower until one is left. */
    static void sum(Object lanes, int from, int count, Object c, int at) {
        if (lanes instanceof float[] x) {
            for (int half = count / 2; half > 0; half /= 2) {
                for (int i = from; i < from + half; i++) {
                    x[i] += x[i + half];
                }
            }
            ((float[]) c)[at] = x[from];
        } else {
            double[] x = (double[]) lanes;
            for (int half = count / 2; half > 0; half /= 2) {
                for (int i = from; i < from + half; i++) {
                    x[i] += x[i + half];
                }
            }
            ((double[]) c)[at] = x[from];
        }
    }
}
