package org.thalweg.autodiff.compile;

import org.thalweg.api.tensor.DType;

/**
 * The elementary functions, written in the operations of a loop. Whatever code is emitted from them (scalar, or vectors of any width) gives
 * the same bits on every processor, since every operation used is exactly specified.
 *
 * <p>There is no branch, only selection, and the two dtypes differ in their {@linkplain ElementaryConstants constants} alone (and in one
 * step of the logarithm). Special values are those of {@link Math}: NaN gives NaN, infinities and zeros have their limits, and odd
 * functions keep the sign of zero and are exactly odd.
 *
 * <p>"Largest error" gives what was measured in FLOAT32 (at every 37th number that there is, against doubles) and in FLOAT64 (at 150,000
 * points against 40-digit arithmetic), in ulp: the distance from the exact result to the next number, at most 1.2e-7
 * or 2.2e-16 of it unless it is subnormal.
 *
 * <p>Sources: J.-M. Muller, Elementary Functions, 3rd edition (2016), for the reductions; W. J. Cody and W. Waite, Software Manual for the
 * Elementary Functions (1980), for constants in several parts; the reduction of the logarithm and of the inverse functions is that of
 * fdlibm (Sun Microsystems, 1993) and Cephes (S. Moshier, 1989). The coefficients are our own.
 */
public final class ElementaryFunctions {
    private ElementaryFunctions() {}

    /**
     * e^x = p(r) * 2^n * 2^n with n = rint(x / (2 ln 2)) and r = x - n * 2 ln 2, |r| &lt;= ln 2. Doubling the step lets one pair of equal
     * factors reach both the largest and the subnormal numbers, so that the result underflows gradually; far below (from -176 in FLOAT32,
     * -1418 in FLOAT64, hence also at a mask's -infinity) it is an exact 0 that no processor treats as an exception.
     * Largest error 1.6 and 1.6 ulp.
     */
    public static <V> V exp(LoopArithmetic<V> loop, V x) {
        ElementaryConstants constants = ElementaryConstants.of(loop.dtype());
        return exp(loop, constants, clamp(loop, x, constants.expLowest(), constants.expHighest()), 1);
    }

    /** factor * e^x for x within [expLowest, expHighest]; the factor is a power of two. */
    private static <V> V exp(LoopArithmetic<V> loop, ElementaryConstants constants, V x, double factor) {
        V shifted = loop.fma(x, loop.constant(1 / constants.twoLog2()[0]), loop.constant(constants.shifter()));
        V n = loop.sub(shifted, loop.constant(constants.shifter()));
        V r = reduce(loop, x, n, constants.twoLog2());
        V one = loop.constant(1);
        V power = loop.fma(loop.fma(polynomial(loop, r, constants.exp()), r, one), r, one);
        V scale = powerOfTwo(loop, constants, shifted, 0);
        V firstHalf = loop.mul(power, factor == 1 ? scale : loop.mul(scale, loop.constant(factor)));
        return loop.mul(firstHalf, scale);
    }

    /**
     * e^x - 1 = 4 * (q * s + (s - 1/4)) with n = rint(x / ln 2), q = e^(x - n ln 2) - 1 and s = 2^(n - 2); the factor 4 comes last because
     * 2^n may overflow where the result does not. Largest error 1.6 and 1.9 ulp.
     */
    public static <V> V expm1(LoopArithmetic<V> loop, V x) {
        ElementaryConstants constants = ElementaryConstants.of(loop.dtype());
        V quarter = quarterExpm1(loop, constants, clamp(loop, x, constants.expm1Lowest(), constants.expm1Highest()));
        V tiny = loop.less(loop.abs(x), loop.constant(constants.tiny()));
        return loop.select(tiny, x, loop.mul(quarter, loop.constant(4)));
    }

    /** (e^x - 1) / 4 for x within [expm1Lowest, expm1Highest]; 0 for -0. */
    private static <V> V quarterExpm1(LoopArithmetic<V> loop, ElementaryConstants constants, V x) {
        V shifted = loop.fma(x, loop.constant(1 / constants.log2()[0]), loop.constant(constants.shifter()));
        V n = loop.sub(shifted, loop.constant(constants.shifter()));
        V r = reduce(loop, x, n, constants.log2());
        V q = loop.fma(loop.mul(r, r), polynomial(loop, r, constants.expm1()), r);
        V scale = powerOfTwo(loop, constants, shifted, -2);
        return loop.fma(q, scale, loop.sub(scale, loop.constant(0.25)));
    }

    /**
     * log x = k ln 2 + log(1 + f) with x = 2^k (1 + f), sqrt(1/2) &lt;= 1 + f &lt; sqrt(2). -infinity at 0, NaN below.
     * Largest error 0.9 and 0.8 ulp.
     */
    public static <V> V log(LoopArithmetic<V> loop, V x) {
        ElementaryConstants constants = ElementaryConstants.of(loop.dtype());
        int lift = constants.fractionBits() + 2;
        V subnormal = loop.less(x, loop.constant(constants.smallestNormal()));
        V lifted = loop.select(subnormal, loop.mul(x, loop.constant(Math.scalb(1.0, lift))), x);
        V k = exponent(loop, constants, lifted);
        V significand = loop.fromBits(loop.integerSub(loop.toBits(lifted), loop.shiftLeft(k, constants.fractionBits())));
        V bias = loop.select(subnormal, loop.constant(constants.shifter() + lift), loop.constant(constants.shifter()));
        V result = logSum(loop, constants, toFloating(loop, constants, k, bias), loop.sub(significand, loop.constant(1)));
        return logLimits(loop, result, x, 0);
    }

    /**
     * log(1 + x) = k ln 2 + log(1 + f), where k is the exponent of 1 + x as in {@link #log} but f = x 2^-k + (2^-k - 1) is rounded once,
     * so that what 1 + x loses of x is not missed. -infinity at -1, NaN below. Largest error 1.5 and 0.9 ulp.
     */
    public static <V> V log1p(LoopArithmetic<V> loop, V x) {
        ElementaryConstants constants = ElementaryConstants.of(loop.dtype());
        V k = exponent(loop, constants, loop.add(x, loop.constant(1)));
        V fourfold = loop.fromBits(loop.integerSub(
                loop.integer(constants.powerOfTwoBits(2)), loop.shiftLeft(k, constants.fractionBits())));
        V quarter = loop.constant(0.25);
        // 4 * 2^-k, because 2^-k itself is subnormal for the largest x.
        V f = loop.fma(loop.mul(x, quarter), fourfold, loop.fma(fourfold, quarter, loop.constant(-1)));
        V result = logSum(loop, constants, toFloating(loop, constants, k, loop.constant(constants.shifter())), f);
        V tiny = loop.less(loop.abs(x), loop.constant(constants.tiny()));
        return logLimits(loop, loop.select(tiny, x, result), x, -1);
    }

    /** The k with 2^k sqrt(1/2) &lt;= x &lt; 2^k sqrt(2), as an integer, for positive normal x. */
    private static <V> V exponent(LoopArithmetic<V> loop, ElementaryConstants constants, V x) {
        return loop.shiftRight(loop.integerSub(loop.toBits(x), loop.integer(constants.rootHalfBits())), constants.fractionBits());
    }

    /** k ln 2 + log(1 + f) for sqrt(1/2) - 1 &lt;= f &lt;= sqrt(2) - 1, summed from the smallest term up. */
    private static <V> V logSum(LoopArithmetic<V> loop, ElementaryConstants constants, V k, V f) {
        V square = loop.mul(f, f);
        V tail = loop.fma(k, loop.constant(constants.log2()[1]), logTail(loop, constants, f, square));
        V fraction = loop.add(f, loop.fma(square, loop.constant(-0.5), tail));
        return loop.fma(k, loop.constant(constants.log2()[0]), fraction);
    }

    /**
     * log(1 + f) - f + f^2/2. FLOAT32: f^3 times a polynomial in f. FLOAT64 would need twenty coefficients that way, so there, with
     * s = f / (2 + f): s (f^2/2 + s^2 L(s^2)), since log(1 + f) = log((1 + s) / (1 - s)).
     */
    private static <V> V logTail(LoopArithmetic<V> loop, ElementaryConstants constants, V f, V square) {
        if (loop.dtype() == DType.FLOAT32) {
            return loop.mul(loop.mul(square, f), polynomial(loop, f, constants.log()));
        }
        V s = loop.div(f, loop.add(f, loop.constant(2)));
        V z = loop.mul(s, s);
        return loop.mul(s, loop.fma(z, polynomial(loop, z, constants.log()), loop.mul(square, loop.constant(0.5))));
    }

    /** The result where pole &lt; x &lt; infinity, and the limits of the logarithm elsewhere. */
    private static <V> V logLimits(LoopArithmetic<V> loop, V result, V x, double pole) {
        V finite = loop.select(loop.less(x, loop.constant(Double.POSITIVE_INFINITY)), result, x);
        V outside = loop.select(
                loop.equal(x, loop.constant(pole)), loop.constant(Double.NEGATIVE_INFINITY), loop.constant(Double.NaN));
        return loop.select(loop.less(loop.constant(pole), x), finite, outside);
    }

    /**
     * tanh |x| = -E / (2 + E) with E = e^(-2|x|) - 1, and the sign of x. As |x| grows, the numerator only grows and the denominator only
     * shrinks, so the result rises to 1 without wavering in its last bits. Largest error 2.5 and 2.5 ulp.
     */
    public static <V> V tanh(LoopArithmetic<V> loop, V x) {
        ElementaryConstants constants = ElementaryConstants.of(loop.dtype());
        V twice = loop.max(loop.mul(loop.abs(x), loop.constant(-2)), loop.constant(constants.expm1Lowest()));
        V quarter = quarterExpm1(loop, constants, twice);
        return withSignOf(loop, constants, loop.div(loop.abs(quarter), loop.add(quarter, loop.constant(0.5))), x);
    }

    /** 1 / (1 + e^-x). Where e^-x overflows, at x &lt; -88.7 in FLOAT32 and -709.8 in FLOAT64, it is 0. Largest error 2.8 and 3.0 ulp. */
    public static <V> V sigmoid(LoopArithmetic<V> loop, V x) {
        V one = loop.constant(1);
        return loop.div(one, loop.add(one, exp(loop, loop.neg(x))));
    }

    /** log(1 + e^x) = max(x, 0) + log(1 + e^-|x|), where 1 + e^-|x| is halved if it passes sqrt(2). Largest error 2.2 and 2.2 ulp. */
    public static <V> V softplus(LoopArithmetic<V> loop, V x) {
        ElementaryConstants constants = ElementaryConstants.of(loop.dtype());
        V negative = loop.max(loop.neg(loop.abs(x)), loop.constant(constants.expLowest()));
        V e = exp(loop, constants, negative, 1);
        V large = loop.less(loop.constant(Math.sqrt(2) - 1), e);
        V f = loop.select(large, loop.fma(e, loop.constant(0.5), loop.constant(-0.5)), e);
        V k = loop.select(large, loop.constant(1), loop.constant(0));
        return loop.add(loop.max(x, loop.constant(0)), logSum(loop, constants, k, f));
    }

    /** sinh |x| = (E + E / (E + 1)) / 2 with E = e^|x| - 1, and the sign of x. Largest error 2.3 and 2.2 ulp. */
    public static <V> V sinh(LoopArithmetic<V> loop, V x) {
        ElementaryConstants constants = ElementaryConstants.of(loop.dtype());
        V quarter = quarterExpm1(loop, constants, loop.min(loop.abs(x), loop.constant(constants.expm1Highest())));
        V half = loop.add(quarter, loop.div(quarter, loop.fma(quarter, loop.constant(4), loop.constant(1))));
        return withSignOf(loop, constants, loop.add(half, half), x);
    }

    /** cosh x = h + 1 / (4h) with h = e^|x| / 2. Largest error 1.7 and 1.9 ulp. */
    public static <V> V cosh(LoopArithmetic<V> loop, V x) {
        ElementaryConstants constants = ElementaryConstants.of(loop.dtype());
        V magnitude = loop.min(loop.abs(x), loop.constant(constants.expHighest()));
        V half = exp(loop, constants, magnitude, 0.5);
        return loop.add(half, loop.div(loop.constant(0.25), half));
    }

    /**
     * erf |x| = x + x P(x^2) below 1 and 1 - e^G(x) from there, with G = log(1 - erf), a smooth function that one polynomial follows to
     * where erf rounds to 1; and the sign of x. No division. Largest error 1.7 and 1.9 ulp.
     */
    public static <V> V erf(LoopArithmetic<V> loop, V x) {
        ElementaryConstants constants = ElementaryConstants.of(loop.dtype());
        V one = loop.constant(1);
        V magnitude = loop.min(loop.abs(x), loop.constant(constants.erfHighest()));
        V near = loop.fma(magnitude, polynomial(loop, loop.mul(magnitude, magnitude), constants.erfNear()), magnitude);
        V far = loop.sub(one, exp(loop, constants, polynomial(loop, magnitude, constants.erfFar()), 1));
        return withSignOf(loop, constants, loop.select(loop.less(magnitude, one), near, far), x);
    }

    /**
     * sin x with |x| = n pi/2 + r, |r| &lt;= pi/4: sin r or cos r, by n mod 4. pi/2 is taken in three parts, so that the result keeps its
     * relative precision beside the multiples of pi too. Beyond |x| = 2^17 in FLOAT32 and 2^40 in FLOAT64 it is NaN rather than a number
     * without meaning. Largest error 1.5 and 1.5 ulp.
     */
    public static <V> V sin(LoopArithmetic<V> loop, V x) {
        ElementaryConstants constants = ElementaryConstants.of(loop.dtype());
        Angle<V> angle = reduceAngle(loop, constants, x);
        return quadrantSine(loop, constants, angle.remainder(), angle.quadrant(), signBit(loop, constants, x));
    }

    /** cos x = sin(|x| + pi/2), reduced and limited as {@link #sin}. Largest error 1.5 and 1.5 ulp. */
    public static <V> V cos(LoopArithmetic<V> loop, V x) {
        ElementaryConstants constants = ElementaryConstants.of(loop.dtype());
        Angle<V> angle = reduceAngle(loop, constants, x);
        V next = loop.integerAdd(angle.quadrant(), loop.integer(1));
        return quadrantSine(loop, constants, angle.remainder(), next, loop.integer(0));
    }

    /**
     * tan |x| = sin r / cos r or -cos r / sin r, by n mod 2, and the sign of x; reduced and limited as {@link #sin}.
     * Largest error 3.0 and 2.7 ulp.
     */
    public static <V> V tan(LoopArithmetic<V> loop, V x) {
        ElementaryConstants constants = ElementaryConstants.of(loop.dtype());
        Angle<V> angle = reduceAngle(loop, constants, x);
        V sine = reducedSine(loop, constants, angle.remainder());
        V cosine = reducedCosine(loop, constants, angle.remainder());
        V even = isEven(loop, angle.quadrant());
        V quotient = loop.div(loop.select(even, sine, cosine), loop.select(even, cosine, sine));
        V oddSign = loop.shiftLeft(angle.quadrant(), signPosition(loop));
        return flip(loop, quotient, loop.integerXor(oddSign, signBit(loop, constants, x)));
    }

    /** |x| = n pi/2 + remainder; the lowest bits of quadrant are those of n. The remainder is NaN where |x| is too large. */
    private record Angle<V>(V remainder, V quadrant) {}

    private static <V> Angle<V> reduceAngle(LoopArithmetic<V> loop, ElementaryConstants constants, V x) {
        V magnitude = loop.abs(x);
        V shifted = loop.fma(magnitude, loop.constant(1 / constants.halfPi()[0]), loop.constant(constants.shifter()));
        V n = loop.sub(shifted, loop.constant(constants.shifter()));
        V remainder = reduce(loop, magnitude, n, constants.halfPi());
        V reducible = loop.lessOrEqual(magnitude, loop.constant(constants.angleHighest()));
        return new Angle<>(loop.select(reducible, remainder, loop.constant(Double.NaN)), loop.toBits(shifted));
    }

    /** sin(r + quadrant * pi/2), with its sign flipped if the bit in sign is set. */
    private static <V> V quadrantSine(LoopArithmetic<V> loop, ElementaryConstants constants, V r, V quadrant, V sign) {
        V sine = reducedSine(loop, constants, r);
        V magnitude = loop.select(isEven(loop, quadrant), sine, reducedCosine(loop, constants, r));
        V lowerHalf = loop.shiftLeft(loop.integerAnd(quadrant, loop.integer(2)), signPosition(loop) - 1);
        return flip(loop, magnitude, loop.integerXor(lowerHalf, sign));
    }

    private static <V> V reducedSine(LoopArithmetic<V> loop, ElementaryConstants constants, V r) {
        V square = loop.mul(r, r);
        return loop.fma(loop.mul(square, polynomial(loop, square, constants.sin())), r, r);
    }

    private static <V> V reducedCosine(LoopArithmetic<V> loop, ElementaryConstants constants, V r) {
        V square = loop.mul(r, r);
        V slope = loop.fma(polynomial(loop, square, constants.cos()), square, loop.constant(-0.5));
        return loop.fma(slope, square, loop.constant(1));
    }

    /**
     * asin |x| = s + s^3 R(s^2) up to 1/2 and pi/2 - 2 asin(sqrt((1 - |x|) / 2)) from there; NaN beyond 1.
     * Largest error 2.4 and 2.2 ulp.
     */
    public static <V> V asin(LoopArithmetic<V> loop, V x) {
        ElementaryConstants constants = ElementaryConstants.of(loop.dtype());
        V magnitude = loop.abs(x);
        V large = loop.less(loop.constant(0.5), magnitude);
        V small = halvedAsin(loop, constants, magnitude, large);
        V folded = loop.fma(small, loop.constant(-2), loop.constant(constants.halfPi()[1]));
        V unfolded = loop.add(folded, loop.constant(constants.halfPi()[0]));
        return withSignOf(loop, constants, loop.select(large, unfolded, small), x);
    }

    /**
     * acos x = pi/2 - asin x up to |x| = 1/2, then 2 asin(sqrt((1 - |x|) / 2)) or pi less that; NaN beyond 1.
     * Largest error 1.1 and 1.2 ulp.
     */
    public static <V> V acos(LoopArithmetic<V> loop, V x) {
        ElementaryConstants constants = ElementaryConstants.of(loop.dtype());
        V magnitude = loop.abs(x);
        V large = loop.less(loop.constant(0.5), magnitude);
        V signed = withSignOf(loop, constants, halvedAsin(loop, constants, magnitude, large), x);
        V negative = loop.less(x, loop.constant(0));
        V whole = loop.select(negative, loop.constant(2), loop.constant(0));
        V quarterTurns = loop.select(large, whole, loop.constant(1));
        V slope = loop.select(large, loop.constant(2), loop.constant(-1));
        V tail = loop.fma(quarterTurns, loop.constant(constants.halfPi()[1]), loop.mul(slope, signed));
        return loop.fma(quarterTurns, loop.constant(constants.halfPi()[0]), tail);
    }

    /** asin of a magnitude up to 1/2, or, where it is large, of sqrt((1 - magnitude) / 2), half of the angle that is left to pi/2. */
    private static <V> V halvedAsin(LoopArithmetic<V> loop, ElementaryConstants constants, V magnitude, V large) {
        V folded = loop.fma(magnitude, loop.constant(-0.5), loop.constant(0.5));
        V square = loop.select(large, folded, loop.mul(magnitude, magnitude));
        V s = loop.select(large, loop.sqrt(folded), magnitude);
        return loop.fma(loop.mul(s, square), polynomial(loop, square, constants.asin()), s);
    }

    /**
     * atan |x| = m pi/4 + atan t, with (m, t) = (0, |x|) up to tan(pi/8), (2, -1/|x|) from tan(3 pi/8), (1, (|x| - 1) / (|x| + 1)) between;
     * and the sign of x. Largest error 2.3 and 1.4 ulp.
     */
    public static <V> V atan(LoopArithmetic<V> loop, V x) {
        ElementaryConstants constants = ElementaryConstants.of(loop.dtype());
        V one = loop.constant(1);
        V magnitude = loop.abs(x);
        V middle = loop.less(loop.constant(Math.sqrt(2) - 1), magnitude);
        V high = loop.less(loop.constant(Math.sqrt(2) + 1), magnitude);
        V numerator = loop.select(high, loop.constant(-1), loop.select(middle, loop.sub(magnitude, one), magnitude));
        V denominator = loop.select(high, magnitude, loop.select(middle, loop.add(magnitude, one), one));
        V eighthTurns = loop.select(high, loop.constant(2), loop.select(middle, one, loop.constant(0)));
        V t = loop.div(numerator, denominator);
        V square = loop.mul(t, t);
        V part = loop.fma(loop.mul(t, square), polynomial(loop, square, constants.atan()), t);
        V tail = loop.fma(eighthTurns, loop.constant(constants.quarterPi()[1]), part);
        return withSignOf(loop, constants, loop.fma(eighthTurns, loop.constant(constants.quarterPi()[0]), tail), x);
    }

    /** The nearest integer, to even in the middle: |x| + 2^fractionBits - 2^fractionBits, with the sign of x. Exact. */
    public static <V> V rint(LoopArithmetic<V> loop, V x) {
        ElementaryConstants constants = ElementaryConstants.of(loop.dtype());
        V magnitude = loop.abs(x);
        V spacingOne = loop.constant(Math.scalb(1.0, constants.fractionBits()));
        V rounded = loop.sub(loop.add(magnitude, spacingOne), spacingOne);
        // From 2^fractionBits every number is an integer; NaN passes too.
        return loop.select(loop.less(magnitude, spacingOne), withSignOf(loop, constants, rounded, x), x);
    }

    /** The largest integer that is not above x. Exact. */
    public static <V> V floor(LoopArithmetic<V> loop, V x) {
        V rounded = rint(loop, x);
        return loop.sub(rounded, loop.select(loop.less(x, rounded), loop.constant(1), loop.constant(0)));
    }

    /** The smallest integer that is not below x; -0 for -1 &lt; x &lt;= -0. Exact. */
    public static <V> V ceil(LoopArithmetic<V> loop, V x) {
        return loop.neg(floor(loop, loop.neg(x)));
    }

    /** 1 above 0, -1 below, and x itself where it is 0, -0 or NaN. */
    public static <V> V sign(LoopArithmetic<V> loop, V x) {
        V zero = loop.constant(0);
        V below = loop.select(loop.less(x, zero), loop.constant(-1), x);
        return loop.select(loop.less(zero, x), loop.constant(1), below);
    }

    /** x - n * (parts[0] + parts[1] + ...); the first step is exact, because the difference is below 1 and so needs no more bits than x. */
    private static <V> V reduce(LoopArithmetic<V> loop, V x, V n, double[] parts) {
        V remainder = x;
        for (double part : parts) {
            remainder = loop.fma(n, loop.constant(-part), remainder);
        }
        return remainder;
    }

    /** coefficients[0] + coefficients[1] x + coefficients[2] x^2 + ..., by Horner's rule. */
    private static <V> V polynomial(LoopArithmetic<V> loop, V x, double[] coefficients) {
        V sum = loop.constant(coefficients[coefficients.length - 1]);
        for (int power = coefficients.length - 2; power >= 0; power--) {
            sum = loop.fma(sum, x, loop.constant(coefficients[power]));
        }
        return sum;
    }

    /** As {@link Math#clamp(double, double, double)}; NaN stays. */
    private static <V> V clamp(LoopArithmetic<V> loop, V x, double lowest, double highest) {
        return loop.min(loop.max(x, loop.constant(lowest)), loop.constant(highest));
    }

    /** 2^(n + power), where shifted = shifter + n: its lowest bits are n, and the shift drops all others. */
    private static <V> V powerOfTwo(LoopArithmetic<V> loop, ElementaryConstants constants, V shifted, int power) {
        V exponent = loop.shiftLeft(loop.toBits(shifted), constants.fractionBits());
        return loop.fromBits(loop.integerAdd(exponent, loop.integer(constants.powerOfTwoBits(power))));
    }

    /** The integer as a floating-point number, less (bias - shifter). */
    private static <V> V toFloating(LoopArithmetic<V> loop, ElementaryConstants constants, V integer, V bias) {
        return loop.sub(loop.fromBits(loop.integerAdd(integer, loop.integer(constants.shifterBits()))), bias);
    }

    /** A magnitude, or a number that has the sign of x already, with the sign of x. */
    private static <V> V withSignOf(LoopArithmetic<V> loop, ElementaryConstants constants, V magnitude, V x) {
        return loop.fromBits(loop.integerOr(loop.toBits(magnitude), signBit(loop, constants, x)));
    }

    private static <V> V signBit(LoopArithmetic<V> loop, ElementaryConstants constants, V x) {
        return loop.integerAnd(loop.toBits(x), loop.integer(constants.signMask()));
    }

    /** x, with its sign changed where the sign bit of the integer is set; the other bits must be 0. */
    private static <V> V flip(LoopArithmetic<V> loop, V x, V integer) {
        return loop.fromBits(loop.integerXor(loop.toBits(x), integer));
    }

    private static <V> V isEven(LoopArithmetic<V> loop, V integer) {
        return loop.integerEqual(loop.integerAnd(integer, loop.integer(1)), loop.integer(0));
    }

    private static <V> int signPosition(LoopArithmetic<V> loop) {
        return 8 * loop.dtype().bytes() - 1;
    }
}
