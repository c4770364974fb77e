package org.thalweg.autodiff.compile;

import org.thalweg.api.tensor.DType;

/** Evaluates a loop for one element, in plain Java: a value is a {@link Float} or {@link Double}, {@link Long} or {@link Boolean}. */
record ScalarArithmetic(DType dtype) implements LoopArithmetic<Object> {
    ScalarArithmetic {
        if (!dtype.isFloating()) {
            throw new IllegalArgumentException("not a floating-point dtype: " + dtype);
        }
    }

    private boolean single() {
        return dtype == DType.FLOAT32;
    }

    private static float f(Object value) {
        return (Float) value;
    }

    private static double d(Object value) {
        return (Double) value;
    }

    private static boolean b(Object value) {
        return (Boolean) value;
    }

    private static long i(Object value) {
        return (Long) value;
    }

    /** Keeps an integer to the loop's width. */
    private Object wrap(long value) {
        return single() ? (long) (int) value : value;
    }

    @Override
    public Object constant(double value) {
        return single() ? (Object) (float) value : (Object) value;
    }

    @Override
    public Object integer(long value) {
        if (single() && value != (int) value) {
            throw new IllegalArgumentException("more than 32 bits: " + value);
        }
        return value;
    }

    @Override
    public Object add(Object x, Object y) {
        return single() ? (Object) (f(x) + f(y)) : (Object) (d(x) + d(y));
    }

    @Override
    public Object sub(Object x, Object y) {
        return single() ? (Object) (f(x) - f(y)) : (Object) (d(x) - d(y));
    }

    @Override
    public Object mul(Object x, Object y) {
        return single() ? (Object) (f(x) * f(y)) : (Object) (d(x) * d(y));
    }

    @Override
    public Object div(Object x, Object y) {
        return single() ? (Object) (f(x) / f(y)) : (Object) (d(x) / d(y));
    }

    @Override
    public Object fma(Object x, Object y, Object z) {
        return single() ? (Object) Math.fma(f(x), f(y), f(z)) : (Object) Math.fma(d(x), d(y), d(z));
    }

    @Override
    public Object neg(Object x) {
        return single() ? (Object) (-f(x)) : (Object) (-d(x));
    }

    @Override
    public Object abs(Object x) {
        return single() ? (Object) Math.abs(f(x)) : (Object) Math.abs(d(x));
    }

    @Override
    public Object sqrt(Object x) {
        return single() ? (Object) (float) Math.sqrt(f(x)) : (Object) Math.sqrt(d(x));
    }

    @Override
    public Object min(Object x, Object y) {
        return single() ? (Object) Math.min(f(x), f(y)) : (Object) Math.min(d(x), d(y));
    }

    @Override
    public Object max(Object x, Object y) {
        return single() ? (Object) Math.max(f(x), f(y)) : (Object) Math.max(d(x), d(y));
    }

    @Override
    public Object toBits(Object x) {
        return single() ? (long) Float.floatToRawIntBits(f(x)) : Double.doubleToRawLongBits(d(x));
    }

    @Override
    public Object fromBits(Object integer) {
        return single() ? (Object) Float.intBitsToFloat((int) i(integer)) : (Object) Double.longBitsToDouble(i(integer));
    }

    @Override
    public Object integerAdd(Object x, Object y) {
        return wrap(i(x) + i(y));
    }

    @Override
    public Object integerSub(Object x, Object y) {
        return wrap(i(x) - i(y));
    }

    @Override
    public Object integerAnd(Object x, Object y) {
        return wrap(i(x) & i(y));
    }

    @Override
    public Object integerOr(Object x, Object y) {
        return wrap(i(x) | i(y));
    }

    @Override
    public Object integerXor(Object x, Object y) {
        return wrap(i(x) ^ i(y));
    }

    @Override
    public Object shiftLeft(Object x, int bits) {
        return wrap(i(x) << bits);
    }

    @Override
    public Object shiftRight(Object x, int bits) {
        return wrap(i(x) >> bits);
    }

    @Override
    public Object integerLess(Object x, Object y) {
        return i(x) < i(y);
    }

    @Override
    public Object integerEqual(Object x, Object y) {
        return i(x) == i(y);
    }

    @Override
    public Object less(Object x, Object y) {
        return single() ? f(x) < f(y) : d(x) < d(y);
    }

    @Override
    public Object lessOrEqual(Object x, Object y) {
        return single() ? f(x) <= f(y) : d(x) <= d(y);
    }

    @Override
    public Object equal(Object x, Object y) {
        return single() ? f(x) == f(y) : d(x) == d(y);
    }

    @Override
    public Object and(Object mask, Object other) {
        return b(mask) && b(other);
    }

    @Override
    public Object or(Object mask, Object other) {
        return b(mask) || b(other);
    }

    @Override
    public Object not(Object mask) {
        return !b(mask);
    }

    @Override
    public Object select(Object mask, Object whereTrue, Object elsewhere) {
        return b(mask) ? whereTrue : elsewhere;
    }
}
