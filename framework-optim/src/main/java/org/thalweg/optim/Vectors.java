package org.thalweg.optim;

/** What the minimizers do to arrays of numbers. */
final class Vectors {
    private Vectors() {}

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** The largest absolute value; NaN if there is one. */
    static double largest(double[] a) {
        double largest = 0;
        for (double x : a) {
            largest = Math.max(largest, Math.abs(x));
        }
        return largest;
    }

    /** Adds a multiple of another vector. */
    static void add(double[] to, double factor, double[] vector) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * vector[i];
        }
    }

    static double[] times(double factor, double[] a) {
        double[] result = new double[a.length];
        add(result, factor, a);
        return result;
    }

    static double[] minus(double[] a, double[] b) {
        double[] result = a.clone();
        add(result, -1, b);
        return result;
    }
}
