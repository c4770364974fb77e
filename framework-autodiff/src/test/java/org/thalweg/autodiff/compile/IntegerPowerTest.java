package org.thalweg.autodiff.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IntegerPowerTest {
    @Test
    void isWithinTwoUnitsOfTheExactPower() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 3000; i++) {
            double x = random.nextDouble(0.5, 1.5) * (random.nextBoolean() ? 1 : -1);
            int n = random.nextInt(-1000, 1001);
            BigDecimal power = new BigDecimal(x).pow(Math.abs(n), MathContext.DECIMAL128);
            double exact = (n < 0 ? BigDecimal.ONE.divide(power, MathContext.DECIMAL128) : power).doubleValue();

            assertTrue(Math.abs(IntegerPower.of(x, n) - exact) <= 2 * Math.ulp(exact), x + "^" + n);
        }
        assertEquals(Math.pow(0.999, 100_000), IntegerPower.of(0.999, 100_000), 1e-14 * Math.pow(0.999, 100_000));
    }

    @Test
    void hasTheSpecialCasesOfPow() {
        for (double x : new double[] {0, -0.0, 1, -1, 2, 1e200, 1e-200, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN}) {
            for (int n : new int[] {0, 1, 2, 3, -1, -2, -3}) {
                double expected = StrictMath.pow(x, n);
                double got = IntegerPower.of(x, n);
                assertTrue(Double.compare(expected, got) == 0 || Math.abs(expected - got) <= Math.ulp(expected), x + "^" + n + " = " + got);
            }
        }
    }
}
