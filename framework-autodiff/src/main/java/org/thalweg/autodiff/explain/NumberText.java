package org.thalweg.autodiff.explain;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.thalweg.api.tensor.Shape;

/** Numbers as they are written on a board. */
final class NumberText {
    private static final double SMALLEST = 1e-3;
    private static final double LARGEST = 1e7;

    private NumberText() {}

    /** Up to four places, without zeros at the end; powers of ten for what would vanish in them or pass the line. */
    static String of(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        if (value == Math.rint(value) && Math.abs(value) < LARGEST) {
            return Long.toString((long) value);
        }
        boolean plain = Math.abs(value) >= SMALLEST && Math.abs(value) < LARGEST;
        String text = String.format(Locale.ROOT, plain ? "%.4f" : "%.3e", value);
        return plain ? text.replaceAll("\\.?0+$", "") : text.replaceAll("\\.?0+e", "e");
    }

    /** The exact number where it is short, for formulas. */
    static String constant(double value) {
        if (value == Math.PI) {
            return "pi";
        }
        String exact = value == Math.rint(value) && Math.abs(value) < LARGEST ? Long.toString((long) value) : Double.toString(value);
        return exact.length() <= 8 ? exact : of(value);
    }

    /** A scalar's number, or a tensor's shape with its first elements. */
    static String of(Shape shape, double[] value, int most) {
        if (shape.rank() == 0) {
            return of(value[0]);
        }
        String elements = IntStream.range(0, Math.min(most, value.length)).mapToObj(i -> of(value[i])).collect(Collectors.joining(", "));
        return (shape + " " + elements + (value.length > most ? ", ..." : "")).strip();
    }
}
