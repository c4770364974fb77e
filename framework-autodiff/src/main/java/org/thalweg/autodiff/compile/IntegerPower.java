package org.thalweg.autodiff.compile;

/**
 * x to a whole power by repeated squaring, each product carried with its rounding error, so that the result is exact to about the last bit even after
 * many squarings. Step scalars need it at every step (1 - beta^t), and the library's pow allocates.
 */
final class IntegerPower {
    private IntegerPower() {}

    /** Whether {@link #of} is meant for an exponent. */
    static boolean isWhole(double exponent) {
        return exponent == Math.rint(exponent) && Math.abs(exponent) <= Integer.MAX_VALUE;
    }

    /** x^n. */
    static double of(double x, int n) {
        double power = positive(x, Math.abs((long) n));
        return n < 0 ? 1 / power : power;
    }

    private static double positive(double x, long n) {
        double result = 1;
        double resultError = 0;
        double square = x;
        double squareError = 0;
        for (long rest = n; rest != 0; rest >>= 1) {
            if ((rest & 1) != 0) {
                double product = result * square;
                double error = Math.fma(result, square, -product);
                resultError = error + (result * squareError + resultError * square);
                result = product;
            }
            double product = square * square;
            squareError = Math.fma(square, square, -product) + 2 * square * squareError;
            square = product;
        }
        double corrected = result + resultError;
        return Double.isFinite(corrected) ? corrected : result;
    }
}
