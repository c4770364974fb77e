package org.thalweg.autodiff.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thalweg.api.tensor.DType;

/** Limits, zeros, ends of ranges, symmetry and order. */
final class ElementaryFunctionsSpecialValuesTest {
    private static final List<DType> DTYPES = List.of(DType.FLOAT32, DType.FLOAT64);
    private static final List<ElementaryFunction> ODD = List.of(
            ElementaryFunction.TANH, ElementaryFunction.SINH, ElementaryFunction.ERF, ElementaryFunction.SIN,
            ElementaryFunction.TAN, ElementaryFunction.ASIN, ElementaryFunction.ATAN, ElementaryFunction.RINT, ElementaryFunction.SIGN);
    private static final List<ElementaryFunction> ROUNDINGS =
            List.of(ElementaryFunction.RINT, ElementaryFunction.FLOOR, ElementaryFunction.CEIL, ElementaryFunction.SIGN);

    private static double[] positive(DType dtype) {
        boolean single = dtype == DType.FLOAT32;
        return new double[] {
            0, single ? Float.MIN_VALUE : Double.MIN_VALUE, single ? 0x1p-130 : 0x1p-1030, single ? Float.MIN_NORMAL : Double.MIN_NORMAL,
            single ? 0x1.8p-126 : 0x1.8p-1022, 1e-20, 0x1p-54, 0x1p-25, 1e-3, 0.25, 0.5, 1, 1.5, 2, 2.5, 20, 80, 1000,
            Double.POSITIVE_INFINITY, Double.NaN
        };
    }

    private static DoubleStream bothSigns(DType dtype) {
        return DoubleStream.of(positive(dtype)).flatMap(x -> DoubleStream.of(x, -x)).map(x -> ElementaryFunction.rounded(dtype, x));
    }

    @TestFactory
    Stream<DynamicTest> eachFunctionIsThatOfMathAtSpecialValues() {
        return ElementaryFunction.ALL.stream().flatMap(function -> DTYPES.stream()
                .map(dtype -> DynamicTest.dynamicTest(function.name() + " " + dtype, () -> checkSpecialValues(function, dtype))));
    }

    private static void checkSpecialValues(ElementaryFunction function, DType dtype) {
        bothSigns(dtype).forEach(x -> {
            double expected = ElementaryFunction.rounded(dtype, function.oracle().applyAsDouble(x));
            double found = function.evaluate(dtype, x);
            if (expected == 0 || !Double.isFinite(expected)) {
                assertEquals(expected, found, () -> function.name() + " at " + x);
            } else {
                assertTrue(function.error(dtype, x) <= 4, () -> function.name() + " at " + x + " is " + found + ", not " + expected);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void functionsAreExactWhereTheirValuesAre(DType dtype) {
        assertEquals(1, ElementaryFunction.EXP.evaluate(dtype, 0));
        assertEquals(0, ElementaryFunction.LOG.evaluate(dtype, 1));
        assertEquals(1, ElementaryFunction.COS.evaluate(dtype, 0));
        assertEquals(1, ElementaryFunction.COSH.evaluate(dtype, 0));
        assertEquals(0.5, ElementaryFunction.SIGMOID.evaluate(dtype, 0));
        assertEquals(0, ElementaryFunction.ACOS.evaluate(dtype, 1));
        assertEquals(1, ElementaryFunction.TANH.evaluate(dtype, 30));
        assertEquals(1, ElementaryFunction.ERF.evaluate(dtype, 6));
        assertEquals(-1, ElementaryFunction.EXPM1.evaluate(dtype, -50));
    }

    @Test
    void expReachesTheLargestNumberAndUnderflowsGradually() {
        assertTrue(ElementaryFunction.EXP.error(DType.FLOAT32, 88.72283f) <= 2);
        assertEquals(Double.POSITIVE_INFINITY, ElementaryFunction.EXP.evaluate(DType.FLOAT32, 88.73));
        assertTrue(ElementaryFunction.EXP.error(DType.FLOAT32, -87.33654f) <= 2);
        assertEquals(Float.MIN_VALUE, ElementaryFunction.EXP.evaluate(DType.FLOAT32, -103.5));
        assertEquals(0, ElementaryFunction.EXP.evaluate(DType.FLOAT32, -104));
        assertTrue(ElementaryFunction.EXP.error(DType.FLOAT64, 709.782712893384) <= 2);
        assertEquals(Double.POSITIVE_INFINITY, ElementaryFunction.EXP.evaluate(DType.FLOAT64, 709.783));
        assertTrue(ElementaryFunction.EXP.error(DType.FLOAT64, -708.3964185322641) <= 2);
        assertEquals(Double.MIN_VALUE, ElementaryFunction.EXP.evaluate(DType.FLOAT64, -745));
        assertEquals(0, ElementaryFunction.EXP.evaluate(DType.FLOAT64, -746));
    }

    @Test
    void hyperbolicFunctionsOverflowWhereTheirValuesDo() {
        for (ElementaryFunction function : List.of(ElementaryFunction.SINH, ElementaryFunction.COSH)) {
            assertTrue(function.error(DType.FLOAT32, 89.41598f) <= 3);
            assertEquals(Double.POSITIVE_INFINITY, function.evaluate(DType.FLOAT32, 89.42));
            assertTrue(function.error(DType.FLOAT64, 710.4758600739439) <= 3);
            assertEquals(Double.POSITIVE_INFINITY, function.evaluate(DType.FLOAT64, 710.476));
        }
        assertEquals(Double.POSITIVE_INFINITY, ElementaryFunction.EXPM1.evaluate(DType.FLOAT32, 88.73));
        assertEquals(Double.POSITIVE_INFINITY, ElementaryFunction.EXPM1.evaluate(DType.FLOAT64, 709.783));
    }

    @Test
    void anglesTooLargeToReduceGiveNaN() {
        for (ElementaryFunction function : List.of(ElementaryFunction.SIN, ElementaryFunction.COS, ElementaryFunction.TAN)) {
            assertEquals(Double.NaN, function.evaluate(DType.FLOAT32, 0x1p18));
            assertEquals(Double.NaN, function.evaluate(DType.FLOAT64, -0x1p41));
        }
    }

    @Test
    void sineKeepsItsRelativePrecisionBesideMultiplesOfPi() {
        for (int multiple = 1; multiple <= 20_000; multiple++) {
            double x = multiple * Math.PI;
            assertTrue(ElementaryFunction.SIN.error(DType.FLOAT32, (float) x) <= 2, () -> "FLOAT32 " + x);
            assertTrue(ElementaryFunction.SIN.error(DType.FLOAT64, x) <= 2, () -> "FLOAT64 " + x);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void aNaNWithAnyPayloadStaysNaN(DType dtype) {
        ScalarArithmetic loop = new ScalarArithmetic(dtype);
        long[] payloads = dtype == DType.FLOAT32
                ? new long[] {0x7FC00000, 0x7FC00001, 0x7FFFFFFF, 0xFFC00155}
                : new long[] {0x7FF8000000000000L, 0x7FF8000000000001L, Long.MAX_VALUE, 0xFFF8000000000155L};
        for (long payload : payloads) {
            for (ElementaryFunction function : ElementaryFunction.ALL) {
                Object found = function.written().apply(loop, loop.fromBits(payload));
                assertTrue(Double.isNaN(((Number) found).doubleValue()), () -> function.name() + " of payload " + payload);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void oddAndEvenFunctionsAreExactlySo(DType dtype) {
        SplittableRandom random = new SplittableRandom(11);
        for (int sample = 0; sample < 20_000; sample++) {
            double x = ElementaryFunction.rounded(dtype, 4 * random.nextDouble() * (sample % 2 == 0 ? 1 : 0.25));
            for (ElementaryFunction function : ODD) {
                assertEquals(-function.evaluate(dtype, x), function.evaluate(dtype, -x), () -> function.name() + " at " + x);
            }
            assertEquals(ElementaryFunction.COS.evaluate(dtype, x), ElementaryFunction.COS.evaluate(dtype, -x));
            assertEquals(ElementaryFunction.COSH.evaluate(dtype, x), ElementaryFunction.COSH.evaluate(dtype, -x));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void zeroKeepsItsSign(DType dtype) {
        for (ElementaryFunction function : ODD) {
            assertEquals(-0.0, function.evaluate(dtype, -0.0), function.name());
            assertEquals(0.0, function.evaluate(dtype, 0.0), function.name());
        }
        assertEquals(-0.0, ElementaryFunction.EXPM1.evaluate(dtype, -0.0));
        assertEquals(-0.0, ElementaryFunction.LOG1P.evaluate(dtype, -0.0));
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void increasingFunctionsIncreaseButForTheLastBit(DType dtype) {
        List<ElementaryFunction> increasing = List.of(
                ElementaryFunction.EXP, ElementaryFunction.EXPM1, ElementaryFunction.LOG, ElementaryFunction.LOG1P,
                ElementaryFunction.TANH, ElementaryFunction.SIGMOID, ElementaryFunction.SOFTPLUS, ElementaryFunction.SINH,
                ElementaryFunction.ERF, ElementaryFunction.ASIN, ElementaryFunction.ATAN, ElementaryFunction.RINT,
                ElementaryFunction.FLOOR, ElementaryFunction.CEIL);
        for (ElementaryFunction function : increasing) {
            double before = Double.NEGATIVE_INFINITY;
            for (int step = -20_000; step <= 20_000; step++) {
                double x = step * 0x1p-11;
                double now = function.evaluate(dtype, x);
                if (!Double.isNaN(now)) {
                    double lastBit = Double.isInfinite(before) ? 0 : ElementaryFunction.ulp(dtype, before);
                    assertTrue(now >= before - lastBit, () -> function.name() + " at " + x);
                    before = now;
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void roundingIsExact(DType dtype) {
        SplittableRandom random = new SplittableRandom(13);
        for (int sample = 0; sample < 100_000; sample++) {
            double size = Math.scalb(random.nextDouble(), random.nextInt(-3, dtype == DType.FLOAT32 ? 27 : 56));
            double x = ElementaryFunction.rounded(dtype, random.nextBoolean() ? size : Math.rint(size) - 0.5);
            for (ElementaryFunction function : ROUNDINGS) {
                assertEquals(function.oracle().applyAsDouble(x), function.evaluate(dtype, x), () -> function.name() + " at " + x);
                assertEquals(function.oracle().applyAsDouble(-x), function.evaluate(dtype, -x), () -> function.name() + " at " + -x);
            }
        }
    }

    @Test
    void integersHaveNoElementaryFunctions() {
        assertThrows(IllegalArgumentException.class, () -> ElementaryConstants.of(DType.INT32));
    }
}
