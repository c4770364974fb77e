package org.thalweg.api.tensor;

import java.util.List;

/**
 * A node of an expression graph: the promise of an array, not the array. Every method adds a node and returns it; nothing is
 * computed, nothing is changed. The framework traces such an expression once, differentiates, fuses and compiles it.
 *
 * <p>Shapes and types are checked when a node is built, so a mistake is reported at the line that makes it ({@link ShapeException},
 * with both shapes). Element-wise operations broadcast as NumPy does: aligned at the last axis, extents equal or 1. Types never mix.
 *
 * <p>Implemented by the framework only. Constants come from a tensor ({@link #constant(double)}) or a context.
 */
public interface Tensor {
    /** The extents, known when the expression is built. */
    Shape shape();

    /** The type of the elements. */
    DType dtype();

    // Constants

    /** A scalar of this tensor's type. */
    Tensor constant(double value);

    /** A vector of this tensor's type with these elements: class weights, coefficients. */
    Tensor constants(double... values);

    /** Zeros in this tensor's shape and type. */
    default Tensor zerosLike() {
        return constant(0).broadcastTo(shape());
    }

    /** Ones in this tensor's shape and type. */
    default Tensor onesLike() {
        return constant(1).broadcastTo(shape());
    }

    /** The INT32 vector 0, 1, ..., count-1. */
    Tensor range(int count);

    // Element by element, one operand

    /** -x */
    Tensor neg();

    /** |x|; gradient 0 at 0. */
    Tensor abs();

    /** -1, 0 or 1; gradient 0. */
    Tensor sign();

    /** The square root; gradient infinite at 0. */
    Tensor sqrt();

    /** e to the power of x. */
    Tensor exp();

    /** exp(x) - 1, exact near 0. */
    Tensor expm1();

    /** The natural logarithm. */
    Tensor log();

    /** log(1 + x), exact near 0. */
    Tensor log1p();

    /** The sine of x in radians. */
    Tensor sin();

    /** The cosine of x in radians. */
    Tensor cos();

    /** The tangent of x in radians. */
    Tensor tan();

    /** The inverse of sin, in [-pi/2, pi/2]. */
    Tensor asin();

    /** The inverse of cos, in [0, pi]. */
    Tensor acos();

    /** The inverse of tan, in [-pi/2, pi/2]. */
    Tensor atan();

    /** (exp(x) - exp(-x)) / 2 */
    Tensor sinh();

    /** (exp(x) + exp(-x)) / 2 */
    Tensor cosh();

    /** The hyperbolic tangent. */
    Tensor tanh();

    /** The error function, 2/sqrt(pi) times the integral of exp(-t^2) from 0 to x. */
    Tensor erf();

    /** 1 / (1 + exp(-x)), stable at both ends. */
    Tensor sigmoid();

    /** log(1 + exp(x)), stable at both ends; its derivative is the sigmoid. */
    Tensor softplus();

    /** The largest integer not above x; gradient 0. */
    Tensor floor();

    /** The smallest integer not below x; gradient 0. */
    Tensor ceil();

    /** The nearest integer, halves to even; gradient 0. */
    Tensor round();

    // Element by element, two operands

    /** x + y */
    Tensor add(Tensor other);

    /** x - y */
    Tensor sub(Tensor other);

    /** x * y, element by element. */
    Tensor mul(Tensor other);

    /** x / y; integers truncate. */
    Tensor div(Tensor other);

    /** x to the power of y, as {@link Math#pow}. */
    Tensor pow(Tensor exponent);

    /** The larger; NaN if either is. Equal operands share the gradient in halves. */
    Tensor max(Tensor other);

    /** The smaller; NaN if either is. Equal operands share the gradient in halves. */
    Tensor min(Tensor other);

    /** x + y */
    default Tensor add(double other) {
        return add(constant(other));
    }

    /** x - y */
    default Tensor sub(double other) {
        return sub(constant(other));
    }

    /** x * y */
    default Tensor mul(double other) {
        return mul(constant(other));
    }

    /** x / y */
    default Tensor div(double other) {
        return div(constant(other));
    }

    /** x to the power of y. */
    default Tensor pow(double exponent) {
        return pow(constant(exponent));
    }

    /** The larger of x and y. */
    default Tensor max(double other) {
        return max(constant(other));
    }

    /** The smaller of x and y. */
    default Tensor min(double other) {
        return min(constant(other));
    }

    // Comparisons and choice

    /** BOOL: x &lt; y; false where either is NaN. */
    Tensor less(Tensor other);

    /** BOOL: x &lt;= y; false where either is NaN. */
    Tensor lessOrEqual(Tensor other);

    /** BOOL: x = y; false where either is NaN. */
    Tensor equal(Tensor other);

    /** BOOL: x &gt; y */
    default Tensor greater(Tensor other) {
        return other.less(this);
    }

    /** BOOL: x &gt;= y */
    default Tensor greaterOrEqual(Tensor other) {
        return other.lessOrEqual(this);
    }

    /** BOOL: x differs from y, or either is NaN. */
    default Tensor notEqual(Tensor other) {
        return equal(other).not();
    }

    /** BOOL: x &lt; y */
    default Tensor less(double other) {
        return less(constant(other));
    }

    /** BOOL: x &lt;= y */
    default Tensor lessOrEqual(double other) {
        return lessOrEqual(constant(other));
    }

    /** BOOL: x &gt; y */
    default Tensor greater(double other) {
        return greater(constant(other));
    }

    /** BOOL: x &gt;= y */
    default Tensor greaterOrEqual(double other) {
        return greaterOrEqual(constant(other));
    }

    /** BOOL: x = y */
    default Tensor equal(double other) {
        return equal(constant(other));
    }

    /** BOOL: x differs from y. */
    default Tensor notEqual(double other) {
        return notEqual(constant(other));
    }

    /** BOOL: both. */
    Tensor and(Tensor other);

    /** BOOL: either or both. */
    Tensor or(Tensor other);

    /** BOOL: the opposite. */
    Tensor not();

    /**
     * On a BOOL tensor: the first operand where it is true, the second elsewhere. The operand that is not chosen gets gradient 0, but
     * its own formula is still differentiated there: keep it finite.
     */
    Tensor where(Tensor whereTrue, Tensor elsewhere);

    /** The same values in another type: numbers to INT32 truncate, BOOL is 0 or 1, and not 0 is true. */
    Tensor cast(DType dtype);

    /** The same values, taken for constant when differentiated. */
    Tensor stopGradient();

    // Reductions; no axes means all of them

    /** The sum over the axes, which disappear. */
    default Tensor sum(int... axes) {
        return dropAxes(sumKeepingAxes(axes), axes);
    }

    /** The sum over the axes, which stay with extent 1. */
    Tensor sumKeepingAxes(int... axes);

    /** The largest element over the axes, which disappear; equal elements share the gradient. */
    default Tensor maxOver(int... axes) {
        return dropAxes(maxKeepingAxes(axes), axes);
    }

    /** The largest element over the axes, which stay with extent 1; an empty axis gives -infinity. */
    Tensor maxKeepingAxes(int... axes);

    /** The smallest element over the axes, which disappear; equal elements share the gradient. */
    default Tensor minOver(int... axes) {
        return neg().maxOver(axes).neg();
    }

    /** INT32: where the largest element along an axis is, the first of equals (NaN counts as largest); the axis disappears. */
    Tensor argMax(int axis);

    /** The mean over the axes, which disappear. */
    default Tensor mean(int... axes) {
        return sum(axes).div(count(axes));
    }

    /** The mean over the axes, which stay with extent 1. */
    default Tensor meanKeepingAxes(int... axes) {
        return sumKeepingAxes(axes).div(count(axes));
    }

    // Matrices

    /**
     * The matrix product over the last two axes, [..., m, k] times [..., k, n] to [..., m, n]; the axes before them broadcast. Both
     * operands have rank 2 or more.
     */
    Tensor matmul(Tensor other);

    /** The last two axes exchanged. */
    default Tensor transpose() {
        int rank = shape().rank();
        if (rank < 2) {
            throw new ShapeException("transpose needs two axes, but the shape is " + shape());
        }
        int[] order = new int[rank];
        for (int i = 0; i < rank; i++) {
            order[i] = i;
        }
        order[rank - 1] = rank - 2;
        order[rank - 2] = rank - 1;
        return permute(order);
    }

    // Shape

    /** The same elements in another shape of the same size. */
    Tensor reshape(Shape shape);

    /** The same elements in another shape; one extent may be -1 and is worked out. */
    default Tensor reshape(int... extents) {
        int[] known = extents.clone();
        long rest = 1;
        int open = -1;
        for (int i = 0; i < known.length; i++) {
            if (known[i] == -1 && open < 0) {
                open = i;
            } else {
                rest *= known[i];
            }
        }
        if (open >= 0) {
            if (rest == 0 || shape().size() % rest != 0) {
                throw new ShapeException("reshape: " + shape() + " does not divide into " + java.util.Arrays.toString(extents));
            }
            known[open] = (int) (shape().size() / rest);
        }
        return reshape(Shape.of(known));
    }

    /** The axes in another order: axis i of the result is axis {@code order[i]} of this. */
    Tensor permute(int... order);

    /** Repeated to a larger shape, as broadcasting does. */
    Tensor broadcastTo(Shape shape);

    /** The elements from {@code from} up to, but without, {@code to} along an axis. */
    Tensor slice(int axis, int from, int to);

    /** Zeros (false) added along an axis, before and after. */
    Tensor pad(int axis, int before, int after);

    /** This and the others one after another along an axis. */
    Tensor concat(int axis, List<? extends Tensor> others);

    /**
     * Rows picked by number: the result has the shape of the INT32 {@code indices}, then this shape without its first axis. A number
     * outside 0..rows-1 stops the run with an error.
     */
    Tensor gather(Tensor indices);

    /**
     * The adjoint of {@link #gather}: a tensor of {@code rows} rows, zero but for this tensor's rows added where {@code indices} say. This
     * shape starts with the shape of the indices.
     */
    Tensor scatterAdd(Tensor indices, int rows);

    /**
     * What a sliding window sees: [n, c, spatial...] becomes [c, size..., n, positions...], so that a convolution is one matrix product of a
     * weight [out, c * size] with the result as a matrix of c * size rows.
     *
     * @param outside what the window sees beyond the ends: 0, or -infinity for a maximum
     */
    Tensor unfold(Window window, double outside);

    /**
     * The adjoint of {@link #unfold}: [c, size..., n, positions...] becomes [n, c, spatial...], where each element is the sum of all that was taken from
     * it.
     *
     * @param spatial the extents of the spatial axes
     */
    Tensor fold(Window window, Shape spatial);

    /**
     * Convolution, as a cross-correlation: {@code y[n, o, p] = sum over c, k of w[o, c, k] x[n, c, p stride - padding + k dilation]}, from [n, c, spatial...] to
     * [n, o, positions...]; zeros are seen beyond the ends.
     *
     * @param weight [o, c / groups, size...]
     * @param groups the channels fall into so many parts, and each part of the output sees one part of the input
     */
    Tensor convolution(Tensor weight, Window window, int groups);

    /**
     * The adjoint of {@link #convolution} by its input, which is the transposed convolution: [n, o, positions...] becomes [n, c, spatial...].
     *
     * @param weight [o, c / groups, size...]
     * @param spatial the extents of the spatial axes
     */
    Tensor convolutionTransposed(Tensor weight, Window window, int groups, Shape spatial);

    /**
     * The largest element that a window sees at each position: [n, c, spatial...] becomes [n, c, positions...]. What lies beyond the ends never wins, so the padding is
     * at most half of the window; the gradient goes to the first of equals.
     */
    Tensor maxPool(Window window);

    /** An operation of the author's own, with this as its first input and the others after it. */
    Tensor custom(CustomOp op, List<? extends Tensor> others);

    // Formulas in terms of the above

    /** x * x */
    default Tensor square() {
        return mul(this);
    }

    /** 1 / x */
    default Tensor reciprocal() {
        return constant(1).div(this);
    }

    /** max(x, 0); gradient 0 at 0, NaN stays NaN. */
    default Tensor relu() {
        return lessOrEqual(0).where(constant(0), this);
    }

    /** x between two bounds; the gradient passes at the bounds themselves. */
    default Tensor clamp(double low, double high) {
        return less(low).where(constant(low), greater(high).where(constant(high), this));
    }

    /** log of the sum of exp over an axis, which stays with extent 1; stable. */
    default Tensor logSumExpKeepingAxis(int axis) {
        // The maximum is only a shift: whatever it is, it cancels in the result and in the gradient.
        Tensor largest = maxKeepingAxes(axis).stopGradient();
        Tensor shift = largest.abs().less(Double.POSITIVE_INFINITY).where(largest, constant(0));
        return sub(shift).exp().sumKeepingAxes(axis).log().add(shift);
    }

    /** exp(x) / sum exp(x) over an axis; stable. */
    default Tensor softmax(int axis) {
        Tensor e = sub(maxKeepingAxes(axis).stopGradient()).exp();
        return e.div(e.sumKeepingAxes(axis));
    }

    /** x - log sum exp(x) over an axis; stable. */
    default Tensor logSoftmax(int axis) {
        return sub(logSumExpKeepingAxis(axis));
    }

    /** Class numbers to rows of 0 and 1: an axis of {@code classes} more at the end, in the given type. */
    default Tensor oneHot(int classes, DType dtype) {
        return reshape(shape().append(1)).equal(range(classes)).cast(dtype);
    }

    private long count(int... axes) {
        if (axes.length == 0) {
            return shape().size();
        }
        long count = 1;
        for (int axis : axes) {
            count *= shape().extent(axis);
        }
        return count;
    }

    private static Tensor dropAxes(Tensor kept, int... axes) {
        if (axes.length == 0) {
            return kept.reshape(Shape.scalar());
        }
        boolean[] dropped = new boolean[kept.shape().rank()];
        for (int axis : axes) {
            dropped[kept.shape().axis(axis)] = true;
        }
        Shape rest = kept.shape();
        for (int axis = dropped.length - 1; axis >= 0; axis--) {
            rest = dropped[axis] ? rest.without(axis) : rest;
        }
        return kept.reshape(rest);
    }
}
