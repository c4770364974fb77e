package org.thalweg.autodiff.graph;

import java.util.function.DoubleUnaryOperator;

/** Operations on one element, with their meaning in plain double arithmetic: what the reference evaluator and the step scalars use. */
public enum Unary {
    NEG(x -> -x),
    ABS(Math::abs),
    SIGN(Math::signum),
    SQRT(Math::sqrt),
    EXP(StrictMath::exp),
    EXPM1(StrictMath::expm1),
    LOG(StrictMath::log),
    LOG1P(StrictMath::log1p),
    SIN(StrictMath::sin),
    COS(StrictMath::cos),
    TAN(StrictMath::tan),
    ASIN(StrictMath::asin),
    ACOS(StrictMath::acos),
    ATAN(StrictMath::atan),
    SINH(StrictMath::sinh),
    COSH(StrictMath::cosh),
    TANH(StrictMath::tanh),
    ERF(Unary::errorFunction),
    SIGMOID(Unary::logistic),
    SOFTPLUS(x -> Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)))),
    FLOOR(Math::floor),
    CEIL(Math::ceil),
    ROUND(Math::rint),
    /** The opposite of a BOOL, which is 0 or 1. */
    NOT(x -> x == 0 ? 1 : 0);

    private final DoubleUnaryOperator function;

    Unary(DoubleUnaryOperator function) {
        this.function = function;
    }

    /** The value at x. */
    public double apply(double x) {
        return function.applyAsDouble(x);
    }

    private static double logistic(double x) {
        if (x >= 0) {
            return 1 / (1 + StrictMath.exp(-x));
        }
        double e = StrictMath.exp(x);
        return e / (1 + e);
    }

    /** 2/sqrt(pi) exp(-x^2) sum 2^n x^(2n+1) / (2n+1)!!: every term has the sign of x, so nothing cancels (Abramowitz and Stegun, 7.1.6). */
    private static double errorFunction(double x) {
        if (!(Math.abs(x) < 6)) {
            return Double.isNaN(x) ? x : Math.signum(x);
        }
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > Math.abs(sum) * 1e-18; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * StrictMath.exp(-x * x) * sum;
    }
}
