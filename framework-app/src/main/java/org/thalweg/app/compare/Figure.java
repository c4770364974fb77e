package org.thalweg.app.compare;

import java.util.Locale;

/** Numbers for people. */
final class Figure {
    private Figure() {}

    /** Three digits, and a power of ten where it is far from 1. */
    static String of(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "not a number" : "infinite";
        }
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-3 || size >= 1e4)) {
            int exponent = (int) Math.floor(Math.log10(size));
            return String.format(Locale.ROOT, "%.1f\u00b710%s", value / Math.pow(10, exponent), raised(exponent));
        }
        return String.format(Locale.ROOT, "%.3g", value).replaceFirst("(\\.[0-9]*?)0+$", "$1").replaceFirst("\\.$", "");
    }

    /** A time, in the unit that suits it. */
    static String time(double seconds) {
        return seconds < 1e-3 ? String.format(Locale.ROOT, "%.1f \u00b5s", seconds * 1e6)
                : seconds < 1 ? String.format(Locale.ROOT, "%.1f ms", seconds * 1e3) : String.format(Locale.ROOT, "%.2f s", seconds);
    }

    private static String raised(int exponent) {
        StringBuilder raised = new StringBuilder();
        for (char digit : Integer.toString(exponent).toCharArray()) {
            raised.append(digit == '-' ? '\u207b' : "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079".charAt(digit - '0'));
        }
        return raised.toString();
    }
}
