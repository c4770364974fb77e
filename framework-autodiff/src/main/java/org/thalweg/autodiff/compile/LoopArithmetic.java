package org.thalweg.autodiff.compile;

import org.thalweg.api.tensor.DType;

/**
 * The operations that a generated loop can do on one element. The compiler emits each either as scalar bytecode or as a Vector API
 * call, with the same bits either way, so whatever is written against this interface (the elementary functions, above all) is written once.
 *
 * <p>There are three sorts of value: floating-point numbers in the loop's {@link #dtype()}, integers of the same width (32 bits beside
 * FLOAT32, 64 beside FLOAT64), and masks (true or false). An operation given the wrong sort throws {@link IllegalArgumentException}.
 *
 * @param <V> a value; immutable, may be used any number of times
 */
public interface LoopArithmetic<V> {
    /** FLOAT32 or FLOAT64. */
    DType dtype();

    /** A floating-point constant, rounded to {@link #dtype()}. */
    V constant(double value);

    /** An integer constant; must fit in 32 bits beside FLOAT32. */
    V integer(long value);

    V add(V x, V y);

    V sub(V x, V y);

    V mul(V x, V y);

    V div(V x, V y);

    /** x * y + z, rounded once. */
    V fma(V x, V y, V z);

    V neg(V x);

    V abs(V x);

    /** Correctly rounded square root; NaN below 0. */
    V sqrt(V x);

    /** As {@link Math#min(double, double)}: NaN if either is, and -0 below 0. */
    V min(V x, V y);

    /** As {@link Math#max(double, double)}. */
    V max(V x, V y);

    /** The bits of a floating-point number as an integer, as {@link Float#floatToRawIntBits(float)}. */
    V toBits(V x);

    /** The inverse of {@link #toBits}. */
    V fromBits(V integer);

    V integerAdd(V i, V j);

    V integerSub(V i, V j);

    V integerAnd(V i, V j);

    V integerOr(V i, V j);

    V integerXor(V i, V j);

    V shiftLeft(V i, int bits);

    /** Arithmetic shift: the sign is kept. */
    V shiftRight(V i, int bits);

    /** Mask: i &lt; j, signed. */
    V integerLess(V i, V j);

    /** Mask: i = j. */
    V integerEqual(V i, V j);

    /** Mask: x &lt; y; false where either is NaN. */
    V less(V x, V y);

    /** Mask: x &lt;= y; false where either is NaN. */
    V lessOrEqual(V x, V y);

    /** Mask: x = y; false where either is NaN, true for 0 = -0. */
    V equal(V x, V y);

    V and(V mask, V other);

    V or(V mask, V other);

    V not(V mask);

    /** Where the mask is true the first value, elsewhere the second; both floating-point or both integers. */
    V select(V mask, V whereTrue, V elsewhere);
}
