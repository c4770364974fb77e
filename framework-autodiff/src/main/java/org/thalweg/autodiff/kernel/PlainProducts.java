package org.thalweg.autodiff.kernel;

import java.util.Arrays;

/**
 * The products of {@link Gemm} in plain Java, with the same bits. C2 makes vector code of a loop in which every array is walked through with the same index, so
 * rows of B are copied to arrays of their own, and so are rows of C while sums are added up: several times as fast as a tile of scalars.
 */
final class PlainProducts {
    /** Columns and rows of C that are computed together. */
    static final int COLUMNS = 256;
    static final int ROWS = 64;
    /** Rows of B that one pass over a row of C takes in. */
    static final int STEPS = 4;

    private PlainProducts() {
    }

    /** As {@link Gemm#multiply}. */
    static void multiply(boolean transposeA, boolean transposeB, int m0, int m1, int n0, int n1, int k, Object a, int aOffset, int lda,
            Object b, int bOffset, int ldb, Object c, int cOffset, int ldc, boolean accumulate, GemmWorkspace workspace) {
        for (int n = n0; n < n1; n += COLUMNS) {
            int width = Math.min(COLUMNS, n1 - n);
            for (int m = m0; m < m1; m += ROWS) {
                int rows = Math.min(ROWS, m1 - m);
                int p = 0;
                do {
                    int end = Math.min(k, p + Gemm.DEPTH);
                    clear(rows, width, workspace);
                    for (int q = p; q < end; q += STEPS) {
                        int steps = Math.min(STEPS, end - q);
                        if (transposeB) {
                            copyColumns(steps, width, b, bOffset + n * ldb + q, ldb, workspace);
                        } else {
                            for (int s = 0; s < steps; s++) {
                                System.arraycopy(b, bOffset + (q + s) * ldb + n, workspace.rows[s], 0, width);
                            }
                        }
                        int aStart = aOffset + (transposeA ? m + q * lda : m * lda + q);
                        add(rows, width, steps, a, aStart, transposeA ? 1 : lda, transposeA ? lda : 1, workspace);
                    }
                    store(rows, width, c, cOffset + m * ldc + n, ldc, accumulate || p > 0, workspace);
                    p += Gemm.DEPTH;
                } while (p < k);
            }
        }
    }

    /** As {@link Gemm#multiplyShifted}. */
    static void multiplyShifted(int rows, int columns, int depth, Object a, int aStart, int lda, Object b, int bStart, int[] bRows,
            Object c, int cStart, int ldc, GemmWorkspace workspace) {
        for (int n = 0; n < columns; n += COLUMNS) {
            int width = Math.min(COLUMNS, columns - n);
            for (int m = 0; m < rows; m += ROWS) {
                int count = Math.min(ROWS, rows - m);
                clear(count, width, workspace);
                for (int q = 0; q < depth; q += STEPS) {
                    int steps = Math.min(STEPS, depth - q);
                    for (int s = 0; s < steps; s++) {
                        System.arraycopy(b, bStart + bRows[q + s] + n, workspace.rows[s], 0, width);
                    }
                    add(count, width, steps, a, aStart + m * lda + q, lda, 1, workspace);
                }
                store(count, width, c, cStart + m * ldc + n, ldc, false, workspace);
            }
        }
    }

    private static void clear(int rows, int width, GemmWorkspace workspace) {
        for (int r = 0; r < rows; r++) {
            if (workspace.sums[r] instanceof float[] sums) {
                Arrays.fill(sums, 0, width, 0);
            } else {
                Arrays.fill((double[]) workspace.sums[r], 0, width, 0);
            }
        }
    }

    /** Some elements of each row of B, which is stored transposed, to as many rows. */
    private static void copyColumns(int steps, int width, Object b, int bStart, int ldb, GemmWorkspace workspace) {
        for (int s = 0; s < steps; s++) {
            if (b instanceof float[] floats) {
                float[] row = (float[]) workspace.rows[s];
                for (int j = 0; j < width; j++) {
                    row[j] = floats[bStart + s + j * ldb];
                }
            } else {
                double[] row = (double[]) workspace.rows[s];
                for (int j = 0; j < width; j++) {
                    row[j] = ((double[]) b)[bStart + s + j * ldb];
                }
            }
        }
    }

    private static void add(int rows, int width, int steps, Object a, int aStart, int aRow, int aStep, GemmWorkspace workspace) {
        for (int r = 0; r < rows; r++) {
            int at = aStart + r * aRow;
            if (a instanceof float[] floats) {
                float[] sums = (float[]) workspace.sums[r];
                if (steps == STEPS) {
                    four(width, sums, floats[at], (float[]) workspace.rows[0], floats[at + aStep], (float[]) workspace.rows[1],
                            floats[at + 2 * aStep], (float[]) workspace.rows[2], floats[at + 3 * aStep], (float[]) workspace.rows[3]);
                } else {
                    for (int s = 0; s < steps; s++) {
                        one(width, sums, floats[at + s * aStep], (float[]) workspace.rows[s]);
                    }
                }
            } else {
                double[] doubles = (double[]) a;
                double[] sums = (double[]) workspace.sums[r];
                if (steps == STEPS) {
                    four(width, sums, doubles[at], (double[]) workspace.rows[0], doubles[at + aStep], (double[]) workspace.rows[1],
                            doubles[at + 2 * aStep], (double[]) workspace.rows[2], doubles[at + 3 * aStep], (double[]) workspace.rows[3]);
                } else {
                    for (int s = 0; s < steps; s++) {
                        one(width, sums, doubles[at + s * aStep], (double[]) workspace.rows[s]);
                    }
                }
            }
        }
    }

    private static void four(int width, float[] sums, float a0, float[] b0, float a1, float[] b1, float a2, float[] b2, float a3, float[] b3) {
        for (int j = 0; j < width; j++) {
            sums[j] = Math.fma(a3, b3[j], Math.fma(a2, b2[j], Math.fma(a1, b1[j], Math.fma(a0, b0[j], sums[j]))));
        }
    }

    private static void four(int width, double[] sums, double a0, double[] b0, double a1, double[] b1, double a2, double[] b2, double a3, double[] b3) {
        for (int j = 0; j < width; j++) {
            sums[j] = Math.fma(a3, b3[j], Math.fma(a2, b2[j], Math.fma(a1, b1[j], Math.fma(a0, b0[j], sums[j]))));
        }
    }

    private static void one(int width, float[] sums, float a, float[] b) {
        for (int j = 0; j < width; j++) {
            sums[j] = Math.fma(a, b[j], sums[j]);
        }
    }

    private static void one(int width, double[] sums, double a, double[] b) {
        for (int j = 0; j < width; j++) {
            sums[j] = Math.fma(a, b[j], sums[j]);
        }
    }

    private static void store(int rows, int width, Object c, int cStart, int ldc, boolean add, GemmWorkspace workspace) {
        for (int r = 0; r < rows; r++) {
            int at = cStart + r * ldc;
            if (!add) {
                System.arraycopy(workspace.sums[r], 0, c, at, width);
            } else {
                add(width, workspace.sums[r], c, at);
            }
        }
    }

    /** Adds the first sums to numbers of C. */
    static void add(int width, Object sums, Object c, int cStart) {
        if (c instanceof float[] floats) {
            float[] own = (float[]) sums;
            for (int j = 0; j < width; j++) {
                floats[cStart + j] += own[j];
            }
        } else {
            double[] own = (double[]) sums;
            for (int j = 0; j < width; j++) {
                ((double[]) c)[cStart + j] += own[j];
            }
        }
    }
}
