package org.thalweg.autodiff.kernel;

import java.util.Arrays;

/** Dot products in plain Java. */
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

    /** The lanes that {@link GemmKernels#rowDots} adds up; those of row r begin at r times their number. */
    static void lanes(int rows, int length, Object a, int aStart, int aRow, Object x, int xStart, Object lanes) {
        for (int r = 0; r < rows; r++) {
            if (lanes instanceof float[] floats) {
                Arrays.fill(floats, r * Lanes.FLOATS, (r + 1) * Lanes.FLOATS, 0);
                lanes((float[]) a, aStart + r * aRow, (float[]) x, xStart, length, floats, r * Lanes.FLOATS);
                for (int i = length % Lanes.FLOATS; i > 0 && i < Lanes.FLOATS; i++) {
                    floats[r * Lanes.FLOATS + i] += 0;
                }
            } else {
                double[] doubles = (double[]) lanes;
                Arrays.fill(doubles, r * Lanes.DOUBLES, (r + 1) * Lanes.DOUBLES, 0);
                lanes((double[]) a, aStart + r * aRow, (double[]) x, xStart, length, doubles, r * Lanes.DOUBLES);
                for (int i = length % Lanes.DOUBLES; i > 0 && i < Lanes.DOUBLES; i++) {
                    doubles[r * Lanes.DOUBLES + i] += 0;
                }
            }
        }
    }
}
