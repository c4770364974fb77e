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
    /** Rows of C that meet a row of B while it is in registers. */
    private static final int TILE_ROWS = 4;

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
    static void copyColumns(int steps, int width, Object b, int bStart, int ldb, GemmWorkspace workspace) {
        if (b instanceof float[] floats) {
            if (steps == STEPS) {
                four(width, floats, bStart, ldb, (float[]) workspace.rows[0], (float[]) workspace.rows[1], (float[]) workspace.rows[2], (float[]) workspace.rows[3]);
                return;
            }
            for (int s = 0; s < steps; s++) {
                one(width, floats, bStart + s, ldb, (float[]) workspace.rows[s]);
            }
        } else {
            double[] doubles = (double[]) b;
            if (steps == STEPS) {
                four(width, doubles, bStart, ldb, (double[]) workspace.rows[0], (double[]) workspace.rows[1], (double[]) workspace.rows[2],
                        (double[]) workspace.rows[3]);
                return;
            }
            for (int s = 0; s < steps; s++) {
                one(width, doubles, bStart + s, ldb, (double[]) workspace.rows[s]);
            }
        }
    }

    private static void four(int width, float[] b, int bStart, int ldb, float[] row0, float[] row1, float[] row2, float[] row3) {
        for (int j = 0, at = bStart; j < width; j++, at += ldb) {
            row0[j] = b[at];
            row1[j] = b[at + 1];
            row2[j] = b[at + 2];
            row3[j] = b[at + 3];
        }
    }

    private static void four(int width, double[] b, int bStart, int ldb, double[] row0, double[] row1, double[] row2, double[] row3) {
        for (int j = 0, at = bStart; j < width; j++, at += ldb) {
            row0[j] = b[at];
            row1[j] = b[at + 1];
            row2[j] = b[at + 2];
            row3[j] = b[at + 3];
        }
    }

    private static void one(int width, float[] b, int bStart, int ldb, float[] row) {
        for (int j = 0, at = bStart; j < width; j++, at += ldb) {
            row[j] = b[at];
        }
    }

    private static void one(int width, double[] b, int bStart, int ldb, double[] row) {
        for (int j = 0, at = bStart; j < width; j++, at += ldb) {
            row[j] = b[at];
        }
    }

    /** Adds the products of some columns of A and as many rows of B to the sums. */
    static void add(int rows, int width, int steps, Object a, int aStart, int aRow, int aStep, GemmWorkspace workspace) {
        if (a instanceof float[] floats) {
            addFloats(rows, width, steps, floats, aStart, aRow, aStep, workspace);
        } else {
            addDoubles(rows, width, steps, (double[]) a, aStart, aRow, aStep, workspace);
        }
    }

    // All of what a vector loop reads comes before all that it writes, as C2 cannot know that the arrays are different ones.
    private static void addFloats(int rows, int width, int steps, float[] a, int aStart, int aRow, int aStep, GemmWorkspace workspace) {
        float[] b0 = (float[]) workspace.rows[0];
        float[] b1 = (float[]) workspace.rows[1];
        float[] b2 = (float[]) workspace.rows[2];
        float[] b3 = (float[]) workspace.rows[3];
        int r = 0;
        int at = aStart;
        for (; r + TILE_ROWS <= rows && steps == STEPS; r += TILE_ROWS) {
            float[] s0 = (float[]) workspace.sums[r];
            float[] s1 = (float[]) workspace.sums[r + 1];
            float[] s2 = (float[]) workspace.sums[r + 2];
            float[] s3 = (float[]) workspace.sums[r + 3];
            float a00 = a[at];
            float a01 = a[at + aStep];
            float a02 = a[at + 2 * aStep];
            float a03 = a[at + 3 * aStep];
            at += aRow;
            float a10 = a[at];
            float a11 = a[at + aStep];
            float a12 = a[at + 2 * aStep];
            float a13 = a[at + 3 * aStep];
            at += aRow;
            float a20 = a[at];
            float a21 = a[at + aStep];
            float a22 = a[at + 2 * aStep];
            float a23 = a[at + 3 * aStep];
            at += aRow;
            float a30 = a[at];
            float a31 = a[at + aStep];
            float a32 = a[at + 2 * aStep];
            float a33 = a[at + 3 * aStep];
            at += aRow;
            for (int j = 0; j < width; j++) {
                float x0 = b0[j];
                float x1 = b1[j];
                float x2 = b2[j];
                float x3 = b3[j];
                float y0 = Math.fma(a03, x3, Math.fma(a02, x2, Math.fma(a01, x1, Math.fma(a00, x0, s0[j]))));
                float y1 = Math.fma(a13, x3, Math.fma(a12, x2, Math.fma(a11, x1, Math.fma(a10, x0, s1[j]))));
                float y2 = Math.fma(a23, x3, Math.fma(a22, x2, Math.fma(a21, x1, Math.fma(a20, x0, s2[j]))));
                float y3 = Math.fma(a33, x3, Math.fma(a32, x2, Math.fma(a31, x1, Math.fma(a30, x0, s3[j]))));
                s0[j] = y0;
                s1[j] = y1;
                s2[j] = y2;
                s3[j] = y3;
            }
        }
        for (; r < rows; r++, at += aRow) {
            for (int s = 0; s < steps; s++) {
                one(width, (float[]) workspace.sums[r], a[at + s * aStep], (float[]) workspace.rows[s]);
            }
        }
    }

    private static void addDoubles(int rows, int width, int steps, double[] a, int aStart, int aRow, int aStep, GemmWorkspace workspace) {
        double[] b0 = (double[]) workspace.rows[0];
        double[] b1 = (double[]) workspace.rows[1];
        double[] b2 = (double[]) workspace.rows[2];
        double[] b3 = (double[]) workspace.rows[3];
        int r = 0;
        int at = aStart;
        for (; r + TILE_ROWS <= rows && steps == STEPS; r += TILE_ROWS) {
            double[] s0 = (double[]) workspace.sums[r];
            double[] s1 = (double[]) workspace.sums[r + 1];
            double[] s2 = (double[]) workspace.sums[r + 2];
            double[] s3 = (double[]) workspace.sums[r + 3];
            double a00 = a[at];
            double a01 = a[at + aStep];
            double a02 = a[at + 2 * aStep];
            double a03 = a[at + 3 * aStep];
            at += aRow;
            double a10 = a[at];
            double a11 = a[at + aStep];
            double a12 = a[at + 2 * aStep];
            double a13 = a[at + 3 * aStep];
            at += aRow;
            double a20 = a[at];
            double a21 = a[at + aStep];
            double a22 = a[at + 2 * aStep];
            double a23 = a[at + 3 * aStep];
            at += aRow;
            double a30 = a[at];
            double a31 = a[at + aStep];
            double a32 = a[at + 2 * aStep];
            double a33 = a[at + 3 * aStep];
            at += aRow;
            for (int j = 0; j < width; j++) {
                double x0 = b0[j];
                double x1 = b1[j];
                double x2 = b2[j];
                double x3 = b3[j];
                double y0 = Math.fma(a03, x3, Math.fma(a02, x2, Math.fma(a01, x1, Math.fma(a00, x0, s0[j]))));
                double y1 = Math.fma(a13, x3, Math.fma(a12, x2, Math.fma(a11, x1, Math.fma(a10, x0, s1[j]))));
                double y2 = Math.fma(a23, x3, Math.fma(a22, x2, Math.fma(a21, x1, Math.fma(a20, x0, s2[j]))));
                double y3 = Math.fma(a33, x3, Math.fma(a32, x2, Math.fma(a31, x1, Math.fma(a30, x0, s3[j]))));
                s0[j] = y0;
                s1[j] = y1;
                s2[j] = y2;
                s3[j] = y3;
            }
        }
        for (; r < rows; r++, at += aRow) {
            for (int s = 0; s < steps; s++) {
                one(width, (double[]) workspace.sums[r], a[at + s * aStep], (double[]) workspace.rows[s]);
            }
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
