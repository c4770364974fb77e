package org.thalweg.autodiff.compile;

/** Whether arrays hold only finite numbers. x - x is 0 for those and NaN for the others, and sums of zeros stay 0. */
final class FiniteCheck {
    private FiniteCheck() {}

    static boolean isFinite(Object array, int size) {
        return array instanceof float[] floats ? isFinite(floats, size) : isFinite((double[]) array, size);
    }

    /** Eight sums side by side, so that one addition need not wait for the one before. */
    private static boolean isFinite(float[] x, int size) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        float e = 0;
        float f = 0;
        float g = 0;
        float h = 0;
        int i = 0;
        for (; i + 8 <= size; i += 8) {
            a += x[i] - x[i];
            b += x[i + 1] - x[i + 1];
            c += x[i + 2] - x[i + 2];
            d += x[i + 3] - x[i + 3];
            e += x[i + 4] - x[i + 4];
            f += x[i + 5] - x[i + 5];
            g += x[i + 6] - x[i + 6];
            h += x[i + 7] - x[i + 7];
        }
        for (; i < size; i++) {
            a += x[i] - x[i];
        }
        return a + b + c + d + e + f + g + h == 0;
    }

    private static boolean isFinite(double[] x, int size) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 4 <= size; i += 4) {
            a += x[i] - x[i];
            b += x[i + 1] - x[i + 1];
            c += x[i + 2] - x[i + 2];
            d += x[i + 3] - x[i + 3];
        }
        for (; i < size; i++) {
            a += x[i] - x[i];
        }
        return a + b + c + d == 0;
    }
}
