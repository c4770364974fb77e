package org.thalweg.autodiff.compile;

import org.thalweg.api.tensor.DType;
import org.thalweg.autodiff.compile.LoopBody.Code;
import org.thalweg.autodiff.compile.LoopBody.Instruction;
import org.thalweg.autodiff.compile.LoopBody.Type;

/** Adds instructions to a loop body: {@link LoopArithmetic} for code that is yet to be generated. */
final class BodyArithmetic implements LoopArithmetic<Instruction> {
    private final LoopBody body;
    private final Type type;

    BodyArithmetic(LoopBody body, Type type) {
        this.body = body;
        this.type = type;
    }

    @Override
    public DType dtype() {
        return type == Type.FLOAT32 ? DType.FLOAT32 : DType.FLOAT64;
    }

    @Override
    public Instruction constant(double value) {
        return body.constant(type, value);
    }

    @Override
    public Instruction integer(long value) {
        return body.integer(type.bits(), value);
    }

    private Instruction floating(Code code, Instruction... arguments) {
        for (Instruction argument : arguments) {
            require(argument, type);
        }
        return body.apply(code, type, 0, arguments);
    }

    private Instruction whole(Code code, long payload, Instruction... arguments) {
        for (Instruction argument : arguments) {
            require(argument, type.bits());
        }
        return body.apply(code, type.bits(), payload, arguments);
    }

    private Instruction mask(Code code, Type operands, Instruction... arguments) {
        for (Instruction argument : arguments) {
            require(argument, operands);
        }
        return body.apply(code, Type.BOOL, 0, arguments);
    }

    private static void require(Instruction value, Type type) {
        if (value.type() != type) {
            throw new IllegalArgumentException("a value of type " + type + " is needed, not " + value);
        }
    }

    @Override
    public Instruction add(Instruction x, Instruction y) {
        return floating(Code.ADD, x, y);
    }

    @Override
    public Instruction sub(Instruction x, Instruction y) {
        return floating(Code.SUB, x, y);
    }

    @Override
    public Instruction mul(Instruction x, Instruction y) {
        return floating(Code.MUL, x, y);
    }

    @Override
    public Instruction div(Instruction x, Instruction y) {
        return floating(Code.DIV, x, y);
    }

    @Override
    public Instruction fma(Instruction x, Instruction y, Instruction z) {
        return floating(Code.FMA, x, y, z);
    }

    @Override
    public Instruction neg(Instruction x) {
        return floating(Code.NEG, x);
    }

    @Override
    public Instruction abs(Instruction x) {
        return floating(Code.ABS, x);
    }

    @Override
    public Instruction sqrt(Instruction x) {
        return floating(Code.SQRT, x);
    }

    @Override
    public Instruction min(Instruction x, Instruction y) {
        return floating(Code.MIN, x, y);
    }

    @Override
    public Instruction max(Instruction x, Instruction y) {
        return floating(Code.MAX, x, y);
    }

    @Override
    public Instruction toBits(Instruction x) {
        require(x, type);
        return body.apply(Code.TO_BITS, type.bits(), 0, x);
    }

    @Override
    public Instruction fromBits(Instruction integer) {
        require(integer, type.bits());
        return body.apply(Code.FROM_BITS, type, 0, integer);
    }

    @Override
    public Instruction integerAdd(Instruction i, Instruction j) {
        return whole(Code.ADD, 0, i, j);
    }

    @Override
    public Instruction integerSub(Instruction i, Instruction j) {
        return whole(Code.SUB, 0, i, j);
    }

    @Override
    public Instruction integerAnd(Instruction i, Instruction j) {
        return whole(Code.AND, 0, i, j);
    }

    @Override
    public Instruction integerOr(Instruction i, Instruction j) {
        return whole(Code.OR, 0, i, j);
    }

    @Override
    public Instruction integerXor(Instruction i, Instruction j) {
        return whole(Code.XOR, 0, i, j);
    }

    @Override
    public Instruction shiftLeft(Instruction i, int bits) {
        return whole(Code.SHIFT_LEFT, bits, i);
    }

    @Override
    public Instruction shiftRight(Instruction i, int bits) {
        return whole(Code.SHIFT_RIGHT, bits, i);
    }

    @Override
    public Instruction integerLess(Instruction i, Instruction j) {
        return mask(Code.LESS, type.bits(), i, j);
    }

    @Override
    public Instruction integerEqual(Instruction i, Instruction j) {
        return mask(Code.EQUAL, type.bits(), i, j);
    }

    @Override
    public Instruction less(Instruction x, Instruction y) {
        return mask(Code.LESS, type, x, y);
    }

    @Override
    public Instruction lessOrEqual(Instruction x, Instruction y) {
        return mask(Code.LESS_OR_EQUAL, type, x, y);
    }

    @Override
    public Instruction equal(Instruction x, Instruction y) {
        return mask(Code.EQUAL, type, x, y);
    }

    @Override
    public Instruction and(Instruction mask, Instruction other) {
        return mask(Code.AND, Type.BOOL, mask, other);
    }

    @Override
    public Instruction or(Instruction mask, Instruction other) {
        return mask(Code.OR, Type.BOOL, mask, other);
    }

    @Override
    public Instruction not(Instruction mask) {
        return mask(Code.NOT, Type.BOOL, mask);
    }

    @Override
    public Instruction select(Instruction mask, Instruction whereTrue, Instruction elsewhere) {
        require(mask, Type.BOOL);
        if (whereTrue.type() != elsewhere.type()) {
            throw new IllegalArgumentException("select between different types: " + whereTrue + " and " + elsewhere);
        }
        return body.apply(Code.SELECT, whereTrue.type(), 0, mask, whereTrue, elsewhere);
    }
}
