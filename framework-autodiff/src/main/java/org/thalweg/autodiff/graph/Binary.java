package org.thalweg.autodiff.graph;

import java.util.function.DoubleBinaryOperator;

/** Operations on two elements, with their meaning in plain double arithmetic. Comparisons give 1 or 0. */
public enum Binary {
    ADD(Double::sum),
    SUB((x, y) -> x - y),
    MUL((x, y) -> x * y),
    DIV((x, y) -> x / y),
    POW(StrictMath::pow),
    MAX(Math::max),
    MIN(Math::min),
    LESS((x, y) -> x < y ? 1 : 0),
    LESS_OR_EQUAL((x, y) -> x <= y ? 1 : 0),
    EQUAL((x, y) -> x == y ? 1 : 0),
    AND((x, y) -> x != 0 && y != 0 ? 1 : 0),
    OR((x, y) -> x != 0 || y != 0 ? 1 : 0);

    private final DoubleBinaryOperator function;

    Binary(DoubleBinaryOperator function) {
        this.function = function;
    }

    /** The value at x and y. */
    public double apply(double x, double y) {
        return function.applyAsDouble(x, y);
    }

    /** Whether the result is BOOL whatever the operands are. */
    public boolean isComparison() {
        return this == LESS || this == LESS_OR_EQUAL || this == EQUAL;
    }

    /** Whether the operands are BOOL. */
    public boolean isLogical() {
        return this == AND || this == OR;
    }

    boolean isCommutative() {
        return this == ADD || this == MUL || this == EQUAL || this == AND || this == OR;
    }
}
