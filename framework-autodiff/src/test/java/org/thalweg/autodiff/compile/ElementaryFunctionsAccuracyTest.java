package org.thalweg.autodiff.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.special.Erf;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.thalweg.api.tensor.DType;

/** Largest errors over seeded sweeps. */
final class ElementaryFunctionsAccuracyTest {
    /**
     * @param lowest where the sweep starts
     * @param highest where it ends
     * @param bound the largest error allowed, in ulp of the dtype
     * @param samples points to try
     */
    record Sweep(ElementaryFunction function, DType dtype, double lowest, double highest, double bound, int samples) {
        static Sweep single(ElementaryFunction function, double lowest, double highest, double bound) {
            return new Sweep(function, DType.FLOAT32, lowest, highest, bound, 200_000);
        }

        static Sweep twice(ElementaryFunction function, double lowest, double highest, double bound) {
            return new Sweep(function, DType.FLOAT64, lowest, highest, bound, 200_000);
        }

        String title() {
            return function.name() + " " + dtype + " from " + lowest + " to " + highest;
        }

        Sweep samples(int count) {
            return new Sweep(function, dtype, lowest, highest, bound, count);
        }

        /** Evenly spread. */
        double linear(SplittableRandom random) {
            return ElementaryFunction.rounded(dtype, lowest + random.nextDouble() * (highest - lowest));
        }

        /** Of either sign if the range has it, its exponent spread evenly, in half of the cases down to the smallest normal number. */
        double logarithmic(SplittableRandom random) {
            double bound = random.nextBoolean() && lowest < 0 ? lowest : highest;
            double decades = random.nextBoolean() ? 6 : Math.log10(Math.abs(bound)) + (dtype == DType.FLOAT32 ? 37.9 : 307.6);
            return ElementaryFunction.rounded(dtype, bound * Math.pow(10, -decades * random.nextDouble()));
        }
    }

    private static final List<Sweep> SWEEPS = List.of(
            Sweep.single(ElementaryFunction.EXP, -103, 88.7228, 2),
            Sweep.twice(ElementaryFunction.EXP, -745, 709.78, 2),
            Sweep.single(ElementaryFunction.EXPM1, -20, 88.7228, 2),
            Sweep.twice(ElementaryFunction.EXPM1, -40, 709.78, 3),
            Sweep.single(ElementaryFunction.LOG, Float.MIN_VALUE, Float.MAX_VALUE, 1),
            Sweep.twice(ElementaryFunction.LOG, Double.MIN_VALUE, Double.MAX_VALUE, 1),
            Sweep.single(ElementaryFunction.LOG, Float.MIN_VALUE, 3, 1),
            Sweep.twice(ElementaryFunction.LOG, Double.MIN_VALUE, 3, 1),
            Sweep.single(ElementaryFunction.LOG, Float.MIN_VALUE, Float.MIN_NORMAL, 1),
            Sweep.twice(ElementaryFunction.LOG, Double.MIN_VALUE, Double.MIN_NORMAL, 1),
            Sweep.single(ElementaryFunction.LOG1P, -0.9999999, 3, 2),
            Sweep.twice(ElementaryFunction.LOG1P, -0.9999999999, 3, 2),
            Sweep.single(ElementaryFunction.LOG1P, -0.5, Float.MAX_VALUE, 2),
            Sweep.twice(ElementaryFunction.LOG1P, -0.5, Double.MAX_VALUE, 2),
            Sweep.single(ElementaryFunction.TANH, -12, 12, 3),
            Sweep.twice(ElementaryFunction.TANH, -25, 25, 4),
            Sweep.single(ElementaryFunction.SIGMOID, -87, 30, 3),
            Sweep.twice(ElementaryFunction.SIGMOID, -708, 50, 4),
            Sweep.single(ElementaryFunction.SOFTPLUS, -103, 50, 3),
            Sweep.twice(ElementaryFunction.SOFTPLUS, -745, 50, 4),
            Sweep.single(ElementaryFunction.SINH, -89.4, 89.4, 3),
            Sweep.twice(ElementaryFunction.SINH, -710.4, 710.4, 4),
            Sweep.single(ElementaryFunction.COSH, -89.4, 89.4, 3),
            Sweep.twice(ElementaryFunction.COSH, -710.4, 710.4, 3),
            Sweep.single(ElementaryFunction.ERF, -4.5, 4.5, 2).samples(10_000),
            Sweep.twice(ElementaryFunction.ERF, -6.5, 6.5, 2).samples(10_000),
            Sweep.single(ElementaryFunction.SIN, -10, 10, 2),
            Sweep.twice(ElementaryFunction.SIN, -10, 10, 2),
            Sweep.single(ElementaryFunction.SIN, -0x1p17, 0x1p17, 2),
            Sweep.twice(ElementaryFunction.SIN, -0x1p40, 0x1p40, 2),
            Sweep.single(ElementaryFunction.COS, -10, 10, 2),
            Sweep.twice(ElementaryFunction.COS, -10, 10, 2),
            Sweep.single(ElementaryFunction.COS, -0x1p17, 0x1p17, 2),
            Sweep.twice(ElementaryFunction.COS, -0x1p40, 0x1p40, 2),
            Sweep.single(ElementaryFunction.TAN, -10, 10, 4),
            Sweep.twice(ElementaryFunction.TAN, -10, 10, 4),
            Sweep.single(ElementaryFunction.TAN, -0x1p17, 0x1p17, 4),
            Sweep.twice(ElementaryFunction.TAN, -0x1p40, 0x1p40, 4),
            Sweep.single(ElementaryFunction.ASIN, -1, 1, 3),
            Sweep.twice(ElementaryFunction.ASIN, -1, 1, 3),
            Sweep.single(ElementaryFunction.ACOS, -1, 1, 2),
            Sweep.twice(ElementaryFunction.ACOS, -1, 1, 2),
            Sweep.single(ElementaryFunction.ATAN, -4, 4, 3),
            Sweep.twice(ElementaryFunction.ATAN, -4, 4, 3),
            Sweep.single(ElementaryFunction.ATAN, -Float.MAX_VALUE, Float.MAX_VALUE, 3),
            Sweep.twice(ElementaryFunction.ATAN, -Double.MAX_VALUE / 2, Double.MAX_VALUE / 2, 3));

    @TestFactory
    List<DynamicTest> eachFunctionStaysWithinItsErrorBound() {
        return SWEEPS.stream().map(sweep -> DynamicTest.dynamicTest(sweep.title(), () -> check(sweep))).toList();
    }

    private static void check(Sweep sweep) {
        SplittableRandom random = new SplittableRandom(7);
        double worst = 0;
        double worstAt = 0;
        for (int sample = 0; sample < sweep.samples(); sample++) {
            double x = sample % 2 == 0 ? sweep.linear(random) : sweep.logarithmic(random);
            double error = sweep.function().error(sweep.dtype(), x);
            if (error > worst) {
                worst = error;
                worstAt = x;
            }
        }
        assertTrue(worst <= sweep.bound(), "error of " + worst + " ulp at " + worstAt);
    }

    @Test
    void seriesForErfGivesPublishedValues() {
        assertEquals(0.5204998778130465, ErrorFunctionSeries.erf(0.5), 1e-16, "Abramowitz and Stegun, table 7.1");
        assertEquals(0.8427007929497149, ErrorFunctionSeries.erf(1), 1e-16);
        assertEquals(0.9953222650189527, ErrorFunctionSeries.erf(2), 1e-16);
        for (double x = 0.01; x < 6; x += 0.01) {
            assertEquals(Erf.erf(x), ErrorFunctionSeries.erf(x), 1e-14);
        }
    }

    @Test
    void erfIsContinuousWhereItsTwoFormulasMeet() {
        for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
            double spacing = dtype == DType.FLOAT32 ? 0x1p-24 : 0x1p-53;
            for (int step = -100; step <= 100; step++) {
                double x = ElementaryFunction.rounded(dtype, 1 + step * spacing);
                assertTrue(ElementaryFunction.ERF.error(dtype, x) <= 2, () -> dtype + " at " + x);
            }
        }
    }
}
