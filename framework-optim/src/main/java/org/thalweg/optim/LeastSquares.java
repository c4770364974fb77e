package org.thalweg.optim;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;

/**
 * Linear least squares in closed form, with an L2 penalty if wished (ridge regression): the x that makes
 * {@code |A x - b|^2 + ridge * |x|^2} smallest.
 *
 * <pre>
 * normal-equations:  (A'A + ridge I) x = A'b, by Cholesky. Fastest for many rows; loses twice the digits of the condition number
 * qr:                A = QR, R x = Q'b, of A with rows sqrt(ridge) I below it. Loses the condition number's digits
 * svd:               A = USV', x = V S+ U'b. For rank-deficient A the shortest x
 * </pre>
 *
 * An intercept is a column of ones in A.
 *
 * @param method how it is solved
 * @param ridge strength of the penalty, in units of A squared; at least 0
 */
@Description("Linear least squares in closed form, with an L2 penalty if wished.")
public record LeastSquares(
        @Description("How it is solved.") @Default("qr") Method method,
        @Description("Strength of the L2 penalty.") @Default("0") @Min(0) double ridge) {

    /** How a least-squares problem is solved. */
    public enum Method {
        /** By Cholesky's decomposition of A'A. */
        NORMAL_EQUATIONS,
        /** By Householder's QR decomposition of A. */
        QR,
        /** By the singular value decomposition of A. */
        SVD
    }

    /**
     * The solution.
     *
     * @param coefficients x, one for each column of A
     * @param residualNorm {@code |A x - b|}
     * @param rank of A, with the rows of the penalty: the number of singular values above max(rows, columns) times 2^-52 times the largest
     * @param conditionNumber of the same matrix: the largest singular value over the smallest; infinite where that is 0
     */
    public record Solution(double[] coefficients, double residualNorm, int rank, double conditionNumber) {}

    /**
     * Solves.
     *
     * @param a the rows of A, all of one length
     * @param b the right-hand side, one number for each row
     * @throws IllegalArgumentException if the sizes do not fit, a number is not finite, or the rank is too small for the method, which only
     *     svd bears
     */
    public Solution solve(double[][] a, double[] b) {
        check(a, b);
        int rows = a.length;
        int columns = a[0].length;
        RealMatrix penalised = new Array2DRowRealMatrix(ridge > 0 ? rows + columns : rows, columns);
        penalised.setSubMatrix(a, 0, 0);
        RealVector rightHandSide = new ArrayRealVector(ridge > 0 ? Arrays.copyOf(b, rows + columns) : b);
        for (int i = 0; ridge > 0 && i < columns; i++) {
            penalised.setEntry(rows + i, i, Math.sqrt(ridge));
        }
        return switch (method) {
            case NORMAL_EQUATIONS -> normalEquations(a, b, penalised, rightHandSide);
            case QR -> qr(a, b, penalised, rightHandSide);
            case SVD -> {
                SingularValueDecomposition svd = new SingularValueDecomposition(penalised);
                int rank = rank(svd.getSingularValues(), penalised);
                double[] x = pseudoInverse(svd, rank, rightHandSide);
                yield solution(a, b, x, svd.getSingularValues(), penalised);
            }
        };
    }

    private Solution normalEquations(double[][] a, double[] b, RealMatrix penalised, RealVector rightHandSide) {
        RealMatrix transposed = penalised.transpose();
        try {
            CholeskyDecomposition cholesky = new CholeskyDecomposition(transposed.multiply(penalised), 1e-12, 0);
            double[] x = cholesky.getSolver().solve(transposed.operate(rightHandSide)).toArray();
            double[] singular = new SingularValueDecomposition(cholesky.getL()).getSingularValues();
            return solution(a, b, requireFullRank(x, singular, penalised), singular, penalised);
        } catch (NonPositiveDefiniteMatrixException e) {
            throw new IllegalArgumentException(rankTooSmall(), e);
        }
    }

    private Solution qr(double[][] a, double[] b, RealMatrix penalised, RealVector rightHandSide) {
        if (penalised.getRowDimension() < penalised.getColumnDimension()) {
            throw new IllegalArgumentException(rankTooSmall());
        }
        QRDecomposition qr = new QRDecomposition(penalised);
        int columns = penalised.getColumnDimension();
        double[] singular = new SingularValueDecomposition(qr.getR().getSubMatrix(0, columns - 1, 0, columns - 1)).getSingularValues();
        requireFullRank(null, singular, penalised);
        return solution(a, b, qr.getSolver().solve(rightHandSide).toArray(), singular, penalised);
    }

    private static double[] pseudoInverse(SingularValueDecomposition svd, int rank, RealVector rightHandSide) {
        double[] x = new double[svd.getV().getRowDimension()];
        for (int i = 0; i < rank; i++) {
            double part = svd.getU().getColumnVector(i).dotProduct(rightHandSide) / svd.getSingularValues()[i];
            Vectors.add(x, part, svd.getV().getColumn(i));
        }
        return x;
    }

    private double[] requireFullRank(double[] x, double[] singular, RealMatrix matrix) {
        if (rank(singular, matrix) < matrix.getColumnDimension()) {
            throw new IllegalArgumentException(rankTooSmall());
        }
        return x;
    }

    private String rankTooSmall() {
        return "least squares: the columns of A depend on each other, so the solution is not unique; use the method svd, which gives the "
                + "shortest one, or a ridge above " + ridge;
    }

    private static int rank(double[] singular, RealMatrix matrix) {
        double least = Math.max(matrix.getRowDimension(), matrix.getColumnDimension()) * Math.ulp(1.0) * singular[0];
        return (int) Arrays.stream(singular).filter(value -> value > least).count();
    }

    private static Solution solution(double[][] a, double[] b, double[] x, double[] singular, RealMatrix matrix) {
        double square = 0;
        for (int row = 0; row < a.length; row++) {
            double error = Vectors.dot(a[row], x) - b[row];
            square += error * error;
        }
        double smallest = matrix.getRowDimension() < matrix.getColumnDimension() ? 0 : singular[singular.length - 1];
        double conditionNumber = smallest == 0 ? Double.POSITIVE_INFINITY : singular[0] / smallest;
        return new Solution(x, Math.sqrt(square), rank(singular, matrix), conditionNumber);
    }

    private static void check(double[][] a, double[] b) {
        if (a.length == 0 || a[0].length == 0 || a.length != b.length) {
            throw new IllegalArgumentException("least squares: A needs rows and columns, and b a number for each row, but A has " + a.length
                    + " rows and b " + b.length + " numbers");
        }
        for (int row = 0; row < a.length; row++) {
            if (a[row].length != a[0].length) {
                throw new IllegalArgumentException("least squares: row " + row + " of A has " + a[row].length + " numbers, but row 0 has "
                        + a[0].length);
            }
            if (!Double.isFinite(b[row]) || !Arrays.stream(a[row]).allMatch(Double::isFinite)) {
                throw new IllegalArgumentException("least squares: row " + row + " holds a number that is not finite");
            }
        }
    }
}
