package org.thalweg.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LeastSquaresTest {
    /** A line through (0, 1), (1, 3), (2, 4): normal equations 3 a + 3 b = 8, 3 a + 5 b = 11, so a = 7/6, b = 3/2. */
    private static final double[][] A = {{1, 0}, {1, 1}, {1, 2}};
    private static final double[] B = {1, 3, 4};

    @ParameterizedTest
    @EnumSource
    void fitsALine(LeastSquares.Method method) {
        LeastSquares.Solution solution = new LeastSquares(method, 0).solve(A, B);
        assertArrayEquals(new double[] {7 / 6.0, 1.5}, solution.coefficients(), 1e-14);
        // The errors are 1/6, -1/3 and 1/6.
        assertEquals(Math.sqrt(1 / 6.0), solution.residualNorm(), 1e-14);
        assertEquals(2, solution.rank());
        // The eigenvalues of A'A, [3 3; 3 5], are 4 +- sqrt(10).
        assertEquals(Math.sqrt((4 + Math.sqrt(10)) / (4 - Math.sqrt(10))), solution.conditionNumber(), 1e-12);
    }

    @ParameterizedTest
    @EnumSource
    void ridgeShrinks(LeastSquares.Method method) {
        // [4 3; 3 6] x = [8; 11]: x = [48 - 33; 44 - 24] / 15.
        LeastSquares.Solution solution = new LeastSquares(method, 1).solve(A, B);
        assertArrayEquals(new double[] {1, 4 / 3.0}, solution.coefficients(), 1e-14);
        assertEquals(Math.sqrt((5 + Math.sqrt(10)) / (5 - Math.sqrt(10))), solution.conditionNumber(), 1e-12);
    }

    @Test
    void onlySvdBearsColumnsThatDependOnEachOther() {
        double[][] dependent = {{1, 2}, {2, 4}, {3, 6}};
        double[] b = {5, 10, 15};
        LeastSquares.Solution solution = new LeastSquares(LeastSquares.Method.SVD, 0).solve(dependent, b);
        // The shortest x with x1 + 2 x2 = 5.
        assertArrayEquals(new double[] {1, 2}, solution.coefficients(), 1e-14);
        assertEquals(1, solution.rank());
        assertTrue(solution.conditionNumber() > 1e15);
        for (LeastSquares.Method method : new LeastSquares.Method[] {LeastSquares.Method.QR, LeastSquares.Method.NORMAL_EQUATIONS}) {
            assertEquals("least squares: the columns of A depend on each other, so the solution is not unique; use the method svd, which"
                    + " gives the shortest one, or a ridge above 0.0", problem(method, dependent, b));
        }
    }

    @ParameterizedTest
    @EnumSource
    void moreColumnsThanRowsNeedSvdOrARidge(LeastSquares.Method method) {
        double[][] wide = {{3, 4}};
        // x = A' (A A' + ridge)^-1 b.
        LeastSquares.Solution shrunk = new LeastSquares(method, 1).solve(wide, new double[] {26});
        assertArrayEquals(new double[] {3 * 26 / 26.0, 4 * 26 / 26.0}, shrunk.coefficients(), 1e-13);
        if (method == LeastSquares.Method.SVD) {
            LeastSquares.Solution solution = new LeastSquares(method, 0).solve(wide, new double[] {25});
            assertArrayEquals(new double[] {3, 4}, solution.coefficients(), 1e-14);
            assertEquals(Double.POSITIVE_INFINITY, solution.conditionNumber());
        } else {
            assertTrue(problem(method, wide, new double[] {25}).contains("use the method svd"));
        }
    }

    /** Läuchli's matrix: forming A'A loses the small numbers, 1 + 1e-18 being 1. */
    @Test
    void qrKeepsTheDigitsThatTheNormalEquationsLose() {
        double e = 1e-9;
        double[][] lauchli = {{1, 1}, {e, 0}, {0, e}};
        double[] b = {2, e, e};
        assertArrayEquals(new double[] {1, 1}, new LeastSquares(LeastSquares.Method.QR, 0).solve(lauchli, b).coefficients(), 1e-6);
        assertArrayEquals(new double[] {1, 1}, new LeastSquares(LeastSquares.Method.SVD, 0).solve(lauchli, b).coefficients(), 1e-6);
        assertTrue(problem(LeastSquares.Method.NORMAL_EQUATIONS, lauchli, b).contains("depend on each other"));
    }

    @Test
    void sizesAndNumbersAreChecked() {
        assertEquals("least squares: A needs rows and columns, and b a number for each row, but A has 3 rows and b 2 numbers",
                problem(LeastSquares.Method.QR, A, new double[2]));
        assertEquals("least squares: row 1 of A has 1 numbers, but row 0 has 2",
                problem(LeastSquares.Method.QR, new double[][] {{1, 2}, {3}}, new double[2]));
        assertEquals("least squares: row 1 holds a number that is not finite",
                problem(LeastSquares.Method.QR, new double[][] {{1, 2}, {3, Double.NaN}}, new double[2]));
    }

    private static String problem(LeastSquares.Method method, double[][] a, double[] b) {
        return assertThrows(IllegalArgumentException.class, () -> new LeastSquares(method, 0).solve(a, b)).getMessage();
    }
}
