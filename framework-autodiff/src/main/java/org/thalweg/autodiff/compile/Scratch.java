package org.thalweg.autodiff.compile;

import org.thalweg.autodiff.kernel.Lanes;

/** The lanes of a loop's reductions, private to a thread, and what scalar code calls. */
final class Scratch {
    final float[] floats;
    final double[] doubles;

    Scratch(int reductions) {
        floats = new float[reductions * Lanes.FLOATS];
        doubles = new double[reductions * Lanes.DOUBLES];
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
