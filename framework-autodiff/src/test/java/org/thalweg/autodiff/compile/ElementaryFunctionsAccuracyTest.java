package org.thalweg.autodiff.compile;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.thalweg.api.tensor.DType;

/** Largest errors over seeded sweeps, against {@link StrictMath} (itself within 1 ulp in double). */
final class ElementaryFunctionsAccuracyTest {
    private static final int SAMPLES = 200_000;

    /** One function of {@link ElementaryFunctions}, for any arithmetic. */
    interface Function {
        <V> V apply(LoopArithmetic<V> loop, V x);
    }

    /**
     * @param lowest where the sweep starts
     * @param highest where it ends
     * @param ulps the largest error allowed, in distances to the next number of the dtype
     */
    record Sweep(String name, DType dtype, Function function, DoubleUnaryOperator oracle, double lowest, double highest, double ulps) {
        double error(double x) {
            double exact = oracle.applyAsDouble(x);
            double found = evaluate(function, dtype, x);
            double distance = Math.abs(found - exact);
            return distance == 0 ? 0 : distance / ulp(dtype, exact);
        }
    }

    static double evaluate(Function function, DType dtype, double x) {
        ScalarArithmetic loop = new ScalarArithmetic(dtype);
        return ((Number) function.apply(loop, loop.constant(x))).doubleValue();
    }

    static double ulp(DType dtype, double value) {
        return dtype == DType.FLOAT32 ? Math.ulp((float) value) : Math.ulp(value);
    }

    private static double sigmoid(double x) {
        double e = StrictMath.exp(-StrictMath.abs(x));
        return (x < 0 ? e : 1) / (1 + e);
    }

    private static double softplus(double x) {
        return StrictMath.max(x, 0) + StrictMath.log1p(StrictMath.exp(-StrictMath.abs(x)));
    }

    private static final List<Sweep> SWEEPS = List.of(
            new Sweep("exp", DType.FLOAT32, ElementaryFunctions::exp, StrictMath::exp, -103, 88.7228, 2),
            new Sweep("exp", DType.FLOAT64, ElementaryFunctions::exp, StrictMath::exp, -745, 709.78, 2),
            new Sweep("expm1", DType.FLOAT32, ElementaryFunctions::expm1, StrictMath::expm1, -20, 88.7228, 2),
            new Sweep("expm1", DType.FLOAT64, ElementaryFunctions::expm1, StrictMath::expm1, -40, 709.78, 3),
            new Sweep("log", DType.FLOAT32, ElementaryFunctions::log, StrictMath::log, Float.MIN_VALUE, Float.MAX_VALUE, 2),
            new Sweep("log", DType.FLOAT64, ElementaryFunctions::log, StrictMath::log, Double.MIN_VALUE, Double.MAX_VALUE, 1),
            new Sweep("log", DType.FLOAT32, ElementaryFunctions::log, StrictMath::log, 0, 3, 2),
            new Sweep("log", DType.FLOAT64, ElementaryFunctions::log, StrictMath::log, 0, 3, 1),
            new Sweep("log1p", DType.FLOAT32, ElementaryFunctions::log1p, StrictMath::log1p, -0.9999999, 1e6, 2),
            new Sweep("log1p", DType.FLOAT64, ElementaryFunctions::log1p, StrictMath::log1p, -0.9999999999, 1e6, 2),
            new Sweep("tanh", DType.FLOAT32, ElementaryFunctions::tanh, StrictMath::tanh, -12, 12, 3),
            new Sweep("tanh", DType.FLOAT64, ElementaryFunctions::tanh, StrictMath::tanh, -25, 25, 3),
            new Sweep("sigmoid", DType.FLOAT32, ElementaryFunctions::sigmoid, ElementaryFunctionsAccuracyTest::sigmoid, -87, 30, 3),
            new Sweep("sigmoid", DType.FLOAT64, ElementaryFunctions::sigmoid, ElementaryFunctionsAccuracyTest::sigmoid, -708, 50, 4),
            new Sweep("softplus", DType.FLOAT32, ElementaryFunctions::softplus, ElementaryFunctionsAccuracyTest::softplus, -103, 50, 3),
            new Sweep("softplus", DType.FLOAT64, ElementaryFunctions::softplus, ElementaryFunctionsAccuracyTest::softplus, -740, 50, 4),
            new Sweep("sinh", DType.FLOAT32, ElementaryFunctions::sinh, StrictMath::sinh, -89.4, 89.4, 3),
            new Sweep("sinh", DType.FLOAT64, ElementaryFunctions::sinh, StrictMath::sinh, -710.4, 710.4, 3),
            new Sweep("cosh", DType.FLOAT32, ElementaryFunctions::cosh, StrictMath::cosh, -89.4, 89.4, 3),
            new Sweep("cosh", DType.FLOAT64, ElementaryFunctions::cosh, StrictMath::cosh, -710.4, 710.4, 3),
            new Sweep("sin", DType.FLOAT32, ElementaryFunctions::sin, StrictMath::sin, -1e4, 1e4, 2),
            new Sweep("sin", DType.FLOAT64, ElementaryFunctions::sin, StrictMath::sin, -1e6, 1e6, 2),
            new Sweep("sin", DType.FLOAT32, ElementaryFunctions::sin, StrictMath::sin, -10, 10, 2),
            new Sweep("sin", DType.FLOAT64, ElementaryFunctions::sin, StrictMath::sin, -10, 10, 2),
            new Sweep("sin", DType.FLOAT32, ElementaryFunctions::sin, StrictMath::sin, -0x1p17, 0x1p17, 2),
            new Sweep("sin", DType.FLOAT64, ElementaryFunctions::sin, StrictMath::sin, -0x1p40, 0x1p40, 2),
            new Sweep("cos", DType.FLOAT32, ElementaryFunctions::cos, StrictMath::cos, -1e4, 1e4, 2),
            new Sweep("cos", DType.FLOAT64, ElementaryFunctions::cos, StrictMath::cos, -1e6, 1e6, 2),
            new Sweep("cos", DType.FLOAT32, ElementaryFunctions::cos, StrictMath::cos, -10, 10, 2),
            new Sweep("cos", DType.FLOAT64, ElementaryFunctions::cos, StrictMath::cos, -10, 10, 2),
            new Sweep("cos", DType.FLOAT32, ElementaryFunctions::cos, StrictMath::cos, -0x1p17, 0x1p17, 2),
            new Sweep("cos", DType.FLOAT64, ElementaryFunctions::cos, StrictMath::cos, -0x1p40, 0x1p40, 2),
            new Sweep("tan", DType.FLOAT32, ElementaryFunctions::tan, StrictMath::tan, -1e4, 1e4, 4),
            new Sweep("tan", DType.FLOAT64, ElementaryFunctions::tan, StrictMath::tan, -1e6, 1e6, 4),
            new Sweep("tan", DType.FLOAT32, ElementaryFunctions::tan, StrictMath::tan, -10, 10, 4),
            new Sweep("tan", DType.FLOAT64, ElementaryFunctions::tan, StrictMath::tan, -10, 10, 4),
            new Sweep("asin", DType.FLOAT32, ElementaryFunctions::asin, StrictMath::asin, -1, 1, 3),
            new Sweep("asin", DType.FLOAT64, ElementaryFunctions::asin, StrictMath::asin, -1, 1, 3),
            new Sweep("acos", DType.FLOAT32, ElementaryFunctions::acos, StrictMath::acos, -1, 1, 3),
            new Sweep("acos", DType.FLOAT64, ElementaryFunctions::acos, StrictMath::acos, -1, 1, 3),
            new Sweep("atan", DType.FLOAT32, ElementaryFunctions::atan, StrictMath::atan, -1e3, 1e3, 3),
            new Sweep("atan", DType.FLOAT64, ElementaryFunctions::atan, StrictMath::atan, -1e3, 1e3, 3),
            new Sweep("atan", DType.FLOAT32, ElementaryFunctions::atan, StrictMath::atan, -4, 4, 3),
            new Sweep("atan", DType.FLOAT64, ElementaryFunctions::atan, StrictMath::atan, -4, 4, 3));

    @TestFactory
    List<DynamicTest> eachFunctionStaysWithinItsErrorBound() {
        return SWEEPS.stream().map(sweep -> DynamicTest.dynamicTest(sweep.name() + " " + sweep.dtype(), () -> check(sweep))).toList();
    }

    private static void check(Sweep sweep) {
        SplittableRandom random = new SplittableRandom(7);
        double worst = 0;
        double worstAt = 0;
        for (int sample = 0; sample < SAMPLES; sample++) {
            double x = sample % 2 == 0 ? linear(random, sweep) : logarithmic(random, sweep);
            double error = sweep.error(x);
            if (!(error <= worst)) {
                worst = error;
                worstAt = x;
            }
        }
        System.out.printf("%-9s %s: largest error %.2f ulp, at %s%n", sweep.name(), sweep.dtype(), worst, worstAt);
        assertTrue(worst <= sweep.ulps(), sweep.name() + ": error of " + worst + " ulp at " + worstAt);
    }

    private static double linear(SplittableRandom random, Sweep sweep) {
        double x = sweep.lowest() + random.nextDouble() * (sweep.highest() - sweep.lowest());
        return round(sweep.dtype(), x);
    }

    /** Of either sign if the range has it, its size spread over all powers of ten down to the smallest normal number. */
    private static double logarithmic(SplittableRandom random, Sweep sweep) {
        double bound = random.nextBoolean() && sweep.lowest() < 0 ? sweep.lowest() : sweep.highest();
        double smallest = sweep.dtype() == DType.FLOAT32 ? 0x1p-126 : 0x1p-1022;
        double size = random.nextBoolean() ? Math.exp(Math.log(smallest) + random.nextDouble() * (Math.log(Math.abs(bound)) - Math.log(smallest)))
                : Math.abs(bound) * Math.pow(10, -6 * random.nextDouble());
        return round(sweep.dtype(), Math.copySign(size, bound));
    }

    private static double round(DType dtype, double x) {
        return dtype == DType.FLOAT32 ? (float) x : x;
    }
}
