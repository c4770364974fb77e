package org.thalweg.app.conformance;

import java.util.Arrays;
import java.util.Optional;

/** The rule of comparing: {@code |got - want| <= 1e-9 |want| + absolute}; NaN equals NaN, infinities exactly, -0 equals 0. */
final class Comparison {
    static final double ABSOLUTE = 1e-12;
    private static final double RELATIVE = 1e-9;

    private Comparison() {}

    /** The first difference, in words. */
    static Optional<String> difference(String what, double[] want, double[] got, double absolute) {
        if (want.length != got.length) {
            return Optional.of(what + " has " + got.length + " elements instead of " + want.length);
        }
        for (int i = 0; i < want.length; i++) {
            if (!isClose(want[i], got[i], absolute)) {
                return Optional.of(what + "[" + i + "]: got " + got[i] + ", want " + want[i]);
            }
        }
        return Optional.empty();
    }

    /** The first difference of a tensor, shape included. */
    static Optional<String> difference(String what, GoldenTensor want, int[] shape, double... got) {
        return Arrays.equals(want.shape().toArray(), shape)
                ? difference(what, want.data(), got, ABSOLUTE)
                : Optional.of(what + " has the shape " + Arrays.toString(shape) + " instead of " + want.shape());
    }

    private static boolean isClose(double want, double got, double absolute) {
        if (Double.isNaN(want) || Double.isInfinite(want)) {
            return Double.compare(want, got) == 0;
        }
        return Math.abs(got - want) <= RELATIVE * Math.abs(want) + absolute;
    }
}
