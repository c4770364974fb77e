package org.thalweg.autodiff.compile;

import org.thalweg.autodiff.kernel.Lanes;

/** The lanes of a loop's reductions, private to a thread, and what scalar code calls. */
final class Scratch {
    final float[] floats;
    final double[] doubles;

    /** For loops over short rows; null where there are none. */
    final Block block;

    /** For loops with at most so many reductions, in one row at a time or in as many as a vector has lanes, and at most so many operands over short rows. */
    Scratch(int reductions, int operandsOfShortRows) {
        floats = new float[reductions * Lanes.FLOATS * Lanes.FLOATS];
        doubles = new double[reductions * Lanes.DOUBLES * Lanes.DOUBLES];
        block = operandsOfShortRows == 0 ? null : new Block(operandsOfShortRows);
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
