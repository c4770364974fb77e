package org.thalweg.data;

import java.math.BigInteger;

/**
 * Reads decimal numbers from characters without making a text of them, to the same bits as {@link Double#parseDouble}.
 *
 * <p>A number is w · 10^q with a whole w. Where w and 10^|q| are both exact in double precision, one multiplication or division rounds once
 * and is right (Clinger, 1990). Else the upper 128 bits of w · 5^q nearly always decide (Lemire, "Number parsing at a gigabyte per second",
 * 2021). Where they do not, and for subnormal numbers and those of more than 18 digits, {@code Double.parseDouble} does.
 */
final class Decimal {
    private static final int MOST_DIGITS = 18;
    private static final long LARGEST_EXACT = 1L << 53;
    private static final int LARGEST_EXACT_POWER = 22;
    private static final double[] POWERS_OF_TEN = new double[LARGEST_EXACT_POWER + 1];

    static {
        for (int power = 0; power <= LARGEST_EXACT_POWER; power++) {
            POWERS_OF_TEN[power] = Double.parseDouble("1e" + power);
        }
    }

    private Decimal() {}

    /**
     * The number between two positions: an optional sign, digits with at most one point, and optionally an exponent; nothing else, and no
     * spaces.
     *
     * @return NaN where there is no finite decimal number
     */
    static double parse(char[] text, int from, int to) {
        int at = from;
        boolean negative = at < to && text[at] == '-';
        if (negative || at < to && text[at] == '+') {
            at++;
        }
        long whole = 0;
        int significant = 0;
        int digits = 0;
        int afterPoint = 0;
        boolean point = false;
        for (; at < to; at++) {
            int digit = text[at] - '0';
            if (digit >= 0 && digit <= 9) {
                digits++;
                afterPoint += point ? 1 : 0;
                if (significant > 0 || digit > 0) {
                    significant++;
                    whole = whole * 10 + digit;
                }
            } else if (text[at] == '.' && !point) {
                point = true;
            } else {
                break;
            }
        }
        if (digits == 0) {
            return Double.NaN;
        }
        int exponent = 0;
        if (at < to && (text[at] == 'e' || text[at] == 'E')) {
            at++;
            boolean down = at < to && text[at] == '-';
            if (down || at < to && text[at] == '+') {
                at++;
            }
            if (at == to) {
                return Double.NaN;
            }
            for (; at < to && text[at] >= '0' && text[at] <= '9'; at++) {
                exponent = Math.min(exponent * 10 + text[at] - '0', 100_000_000);
            }
            exponent = down ? -exponent : exponent;
        }
        if (at < to) {
            return Double.NaN;
        }
        double found = significant > MOST_DIGITS ? Double.NaN : value(whole, exponent - afterPoint);
        if (Double.isNaN(found)) {
            double slow = Double.parseDouble(new String(text, from, to - from));
            return Double.isInfinite(slow) ? Double.NaN : slow;
        }
        return negative ? -found : found;
    }

    /** The number that a text is; NaN where it is none. */
    static double parse(String text) {
        return parse(text.toCharArray(), 0, text.length());
    }

    /** w · 10^q, rounded once; NaN where that takes more than 128 bits. */
    private static double value(long w, int q) {
        if (w == 0) {
            return 0;
        }
        if (w <= LARGEST_EXACT && q >= -LARGEST_EXACT_POWER && q <= LARGEST_EXACT_POWER) {
            return q < 0 ? w / POWERS_OF_TEN[-q] : w * POWERS_OF_TEN[q];
        }
        return q < PowersOfFive.LOWEST || q > PowersOfFive.HIGHEST ? Double.NaN : rounded(w, q);
    }

    private static double rounded(long w, int q) {
        int zeros = Long.numberOfLeadingZeros(w);
        long shifted = w << zeros;
        long upper = Math.unsignedMultiplyHigh(shifted, PowersOfFive.UPPER[q - PowersOfFive.LOWEST]);
        long lower = shifted * PowersOfFive.UPPER[q - PowersOfFive.LOWEST];
        if ((upper & 0x1ff) == 0x1ff) {
            // The bits below the 55 that count are all ones, so that the rest of the power may carry into them.
            long carry = Math.unsignedMultiplyHigh(shifted, PowersOfFive.LOWER[q - PowersOfFive.LOWEST]);
            lower += carry;
            if (Long.compareUnsigned(lower, carry) < 0) {
                upper++;
            }
        }
        if (lower == -1 && (q < -27 || q > 55)) {
            return Double.NaN;
        }
        int top = (int) (upper >>> 63);
        long mantissa = upper >>> (top + 9);
        // log2(10^q) = q · log2(10), of which 217706 / 65536 gives the whole part for every q in the table.
        int exponent = ((217706 * q) >> 16) + 63 + top - zeros + 1023;
        if (exponent <= 0) {
            return Double.NaN;
        }
        boolean halfway = Long.compareUnsigned(lower, 1) <= 0 && q >= -4 && q <= 23 && (mantissa & 3) == 1 && mantissa << (top + 9) == upper;
        mantissa = halfway ? mantissa & ~1L : mantissa;
        mantissa = (mantissa + (mantissa & 1)) >>> 1;
        if (mantissa == LARGEST_EXACT) {
            mantissa = LARGEST_EXACT >>> 1;
            exponent++;
        }
        return exponent >= 0x7ff ? Double.NaN : Double.longBitsToDouble(mantissa & ~(1L << 52) | (long) exponent << 52);
    }

    /** 5^q for the exponents q that double precision reaches: the 128 bits from the highest one on, in two halves. */
    private static final class PowersOfFive {
        static final int LOWEST = -342;
        static final int HIGHEST = 308;
        static final long[] UPPER = new long[HIGHEST - LOWEST + 1];
        static final long[] LOWER = new long[HIGHEST - LOWEST + 1];

        static {
            for (int q = LOWEST; q <= HIGHEST; q++) {
                BigInteger power = BigInteger.valueOf(5).pow(Math.abs(q));
                // Negative powers are rounded up, positive ones down, as the proof of the method asks.
                BigInteger bits = q >= 0 ? power : BigInteger.ONE.shiftLeft(2 * power.bitLength() + 128).divide(power);
                bits = bits.bitLength() > 128 ? bits.shiftRight(bits.bitLength() - 128) : bits.shiftLeft(128 - bits.bitLength());
                bits = q >= 0 ? bits : bits.add(BigInteger.ONE);
                UPPER[q - LOWEST] = bits.shiftRight(64).longValue();
                LOWER[q - LOWEST] = bits.longValue();
            }
        }
    }
}
