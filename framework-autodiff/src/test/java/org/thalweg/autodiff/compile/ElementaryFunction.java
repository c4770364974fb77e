package org.thalweg.autodiff.compile;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.thalweg.api.tensor.DType;

/**
 * One function of {@link ElementaryFunctions} beside an independent one in double.
 *
 * @param oracle within 1 ulp in double
 */
record ElementaryFunction(String name, Written written, DoubleUnaryOperator oracle) {
    /** How such a function is written: for any arithmetic. */
    interface Written {
        <V> V apply(LoopArithmetic<V> loop, V x);
    }

    static final ElementaryFunction EXP = new ElementaryFunction("exp", ElementaryFunctions::exp, StrictMath::exp);
    static final ElementaryFunction EXPM1 = new ElementaryFunction("expm1", ElementaryFunctions::expm1, StrictMath::expm1);
    static final ElementaryFunction LOG = new ElementaryFunction("log", ElementaryFunctions::log, StrictMath::log);
    static final ElementaryFunction LOG1P = new ElementaryFunction("log1p", ElementaryFunctions::log1p, StrictMath::log1p);
    static final ElementaryFunction TANH = new ElementaryFunction("tanh", ElementaryFunctions::tanh, StrictMath::tanh);
    static final ElementaryFunction SIGMOID =
            new ElementaryFunction("sigmoid", ElementaryFunctions::sigmoid, ElementaryFunction::stableSigmoid);
    static final ElementaryFunction SOFTPLUS =
            new ElementaryFunction("softplus", ElementaryFunctions::softplus, ElementaryFunction::stableSoftplus);
    static final ElementaryFunction SINH = new ElementaryFunction("sinh", ElementaryFunctions::sinh, StrictMath::sinh);
    static final ElementaryFunction COSH = new ElementaryFunction("cosh", ElementaryFunctions::cosh, StrictMath::cosh);
    static final ElementaryFunction ERF = new ElementaryFunction("erf", ElementaryFunctions::erf, ErrorFunctionSeries::erf);
    static final ElementaryFunction SIN = new ElementaryFunction("sin", ElementaryFunctions::sin, StrictMath::sin);
    static final ElementaryFunction COS = new ElementaryFunction("cos", ElementaryFunctions::cos, StrictMath::cos);
    static final ElementaryFunction TAN = new ElementaryFunction("tan", ElementaryFunctions::tan, StrictMath::tan);
    static final ElementaryFunction ASIN = new ElementaryFunction("asin", ElementaryFunctions::asin, StrictMath::asin);
    static final ElementaryFunction ACOS = new ElementaryFunction("acos", ElementaryFunctions::acos, StrictMath::acos);
    static final ElementaryFunction ATAN = new ElementaryFunction("atan", ElementaryFunctions::atan, StrictMath::atan);
    static final ElementaryFunction RINT = new ElementaryFunction("rint", ElementaryFunctions::rint, StrictMath::rint);
    static final ElementaryFunction FLOOR = new ElementaryFunction("floor", ElementaryFunctions::floor, StrictMath::floor);
    static final ElementaryFunction CEIL = new ElementaryFunction("ceil", ElementaryFunctions::ceil, StrictMath::ceil);
    static final ElementaryFunction SIGN = new ElementaryFunction("sign", ElementaryFunctions::sign, Math::signum);

    static final List<ElementaryFunction> ALL = List.of(
            EXP, EXPM1, LOG, LOG1P, TANH, SIGMOID, SOFTPLUS, SINH, COSH, ERF, SIN, COS, TAN, ASIN, ACOS, ATAN, RINT, FLOOR, CEIL, SIGN);

    /** The function at x in the arithmetic of the dtype, to which x is rounded first. */
    double evaluate(DType dtype, double x) {
        ScalarArithmetic loop = new ScalarArithmetic(dtype);
        return ((Number) written.apply(loop, loop.constant(x))).doubleValue();
    }

    /** How far the result is from the oracle's, in {@link #ulp}; infinite where only one of them is finite. */
    double error(DType dtype, double x) {
        double exact = oracle.applyAsDouble(x);
        double nearest = rounded(dtype, exact);
        double found = evaluate(dtype, x);
        if (Double.isFinite(found) && Double.isFinite(nearest)) {
            return Math.abs(found - exact) / ulp(dtype, nearest);
        }
        return Double.compare(found, nearest) == 0 ? 0 : Double.POSITIVE_INFINITY;
    }

    static double rounded(DType dtype, double x) {
        return dtype == DType.FLOAT32 ? (float) x : x;
    }

    /** The distance from x to the next number of the dtype. */
    static double ulp(DType dtype, double x) {
        return dtype == DType.FLOAT32 ? Math.ulp((float) x) : Math.ulp(x);
    }

    private static double stableSigmoid(double x) {
        double e = StrictMath.exp(-Math.abs(x));
        return (x < 0 ? e : 1) / (1 + e);
    }

    private static double stableSoftplus(double x) {
        return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
    }
}
