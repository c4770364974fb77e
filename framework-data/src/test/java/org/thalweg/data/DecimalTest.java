package org.thalweg.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {
    @Test
    @DisplayName("numbers written by Java are read to the same bits")
    void shortest() {
        SplitMix64 random = new SplitMix64(1);
        for (int i = 0; i < 300_000; i++) {
            double number = Double.longBitsToDouble(random.next());
            if (Double.isFinite(number)) {
                same(Double.toString(number));
                same(Float.toString((float) (number % 1e30)));
            }
        }
    }

    @Test
    @DisplayName("random digits with random points and exponents are read as Double.parseDouble reads them")
    void random() {
        SplitMix64 random = new SplitMix64(2);
        for (int i = 0; i < 300_000; i++) {
            StringBuilder text = new StringBuilder(new String[] {"", "-", "+"}[random.below(3)]);
            int digits = 1 + random.below(21);
            int point = random.below(digits + 4);
            for (int digit = 0; digit < digits; digit++) {
                text.append(digit == point ? "." : "").append(random.below(10));
            }
            if (random.below(2) == 0) {
                text.append(random.below(2) == 0 ? "e" : "E").append(random.below(700) - 350);
            }
            same(text.toString());
        }
    }

    @Test
    @DisplayName("numbers half-way between two doubles are rounded to even")
    void halfway() {
        SplitMix64 random = new SplitMix64(3);
        for (int i = 0; i < 50_000; i++) {
            long odd = (random.next() >>> 10 | 1L << 53) << 1 | 1;
            same(Long.toString(odd >>> random.below(3)));
            double number = (1L << 52 | random.next() >>> 12) * Math.scalb(1.0, random.below(80) - 70);
            same(new BigDecimal(number).add(new BigDecimal(Math.ulp(number)).divide(BigDecimal.valueOf(2))).toString());
        }
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("the ends of the range and odd spellings are read as Double.parseDouble reads them")
    @ValueSource(strings = {
        "0", "-0", "0.0e999999999999", "1.", ".5", "+1e+5", "1E-5", "4.9e-324", "2.4703282292062327e-324", "2.47e-324", "2.2250738585072014e-308",
        "2.2250738585072011e-308", "1.7976931348623157e308", "9007199254740993", "9007199254740992", "123456789012345678", "999999999999999999",
        "1e22", "1e23", "8.5e-23", "1e-400", "00000000000000000000000001", "0.000000000000000000000000000001", "6.02214076e23", "5e-324"
    })
    void ends(String text) {
        same(text);
    }

    @ParameterizedTest(name = "''{0}''")
    @DisplayName("whatever is no finite decimal number is none")
    @ValueSource(strings = {"", "-", "+", ".", "e5", "1e", "1e+", "1.2.3", "1d", "1f", "0x1p3", "NaN", "Infinity", "1e999", "-1e309", " 1", "1 ", "--1", "1_0"})
    void none(String text) {
        assertTrue(Double.isNaN(Decimal.parse(text)));
    }

    private static void same(String text) {
        double expected = Double.parseDouble(text);
        double found = Decimal.parse(text);
        if (Double.isInfinite(expected)) {
            assertTrue(Double.isNaN(found), text);
        } else {
            assertEquals(Double.doubleToRawLongBits(expected), Double.doubleToRawLongBits(found), text);
        }
    }
}
