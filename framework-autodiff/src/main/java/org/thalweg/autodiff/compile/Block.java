package org.thalweg.autodiff.compile;

import org.thalweg.autodiff.kernel.Lanes;

/**
 * A block of short rows, turned around: for each operand of a loop, the first number of every row, then the second number of every row, and so on, so that a vector
 * has one number of each row. Plain loops do that sooner and as fast as vectors that gather.
 */
final class Block {
    /** The numbers of an operand, at most. */
    static final int LENGTH = Lanes.FLOATS * Lanes.FLOATS;

    final float[] floats;
    final double[] doubles;
    final int[] ints;

    /** For loops with at most so many operands. */
    Block(int operands) {
        floats = new float[operands * LENGTH];
        doubles = new double[operands * LENGTH];
        ints = new int[operands * LENGTH];
    }

    static String field(LoopBody.Type type) {
        return switch (type) {
            case FLOAT32 -> "floats";
            case FLOAT64 -> "doubles";
            case INT32 -> "ints";
            case INT64, BOOL -> throw new IllegalArgumentException("no vectors of " + type);
        };
    }

    static void read(float[] array, int from, int stride, int columns, int rows, float[] block, int at) {
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < columns; j++) {
                block[at + j * rows + r] = array[from + r * stride + j];
            }
        }
    }

    static void read(double[] array, int from, int stride, int columns, int rows, double[] block, int at) {
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < columns; j++) {
                block[at + j * rows + r] = array[from + r * stride + j];
            }
        }
    }

    static void read(int[] array, int from, int stride, int columns, int rows, int[] block, int at) {
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < columns; j++) {
                block[at + j * rows + r] = array[from + r * stride + j];
            }
        }
    }

    static void write(float[] array, int to, int stride, int columns, int rows, float[] block, int at) {
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < columns; j++) {
                array[to + r * stride + j] = block[at + j * rows + r];
            }
        }
    }

    static void write(double[] array, int to, int stride, int columns, int rows, double[] block, int at) {
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < columns; j++) {
                array[to + r * stride + j] = block[at + j * rows + r];
            }
        }
    }

    static void write(int[] array, int to, int stride, int columns, int rows, int[] block, int at) {
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < columns; j++) {
                array[to + r * stride + j] = block[at + j * rows + r];
            }
        }
    }
}
