package org.thalweg.autodiff.compile;

import java.math.BigDecimal;
import java.math.MathContext;

/** erf x = 2/sqrt(pi) * (x - x^3/3 + x^5/(2! 5) - x^7/(3! 7) + ...), in 60 digits: the largest term is below e^36 where erf is not 1. */
final class ErrorFunctionSeries {
    private static final MathContext DIGITS = new MathContext(60);
    private static final BigDecimal SLOPE = new BigDecimal("1.12837916709551257389615890312154517168810125865799771368817");
    private static final BigDecimal NEGLIGIBLE = new BigDecimal("1e-40");

    private ErrorFunctionSeries() {}

    static double erf(double x) {
        if (Double.isNaN(x) || x == 0) {
            return x;
        }
        return Math.abs(x) > 6 ? Math.signum(x) : series(new BigDecimal(x)).doubleValue();
    }

    private static BigDecimal series(BigDecimal x) {
        BigDecimal square = x.multiply(x, DIGITS);
        BigDecimal power = BigDecimal.ONE;
        BigDecimal sum = BigDecimal.ONE;
        for (int n = 1; power.abs().compareTo(NEGLIGIBLE) > 0; n++) {
            power = power.multiply(square, DIGITS).divide(BigDecimal.valueOf(-n), DIGITS);
            sum = sum.add(power.divide(BigDecimal.valueOf(2L * n + 1), DIGITS), DIGITS);
        }
        return sum.multiply(x, DIGITS).multiply(SLOPE, DIGITS);
    }
}
