package org.thalweg.autodiff.compile;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.HashMap;
import java.util.Map;
import org.thalweg.autodiff.compile.LoopBody.Instruction;
import org.thalweg.autodiff.compile.LoopBody.Type;

/**
 * Vector API calls for instructions whose arguments are on the stack. The API is named by text only, so that this class loads where the incubator
 * module is absent. All masks are masks of the loop's floating-point species; integers are as wide as the floating-point type.
 */
final class VectorCode {
    private static final String PACKAGE = "jdk.incubator.vector.";
    private static final ClassDesc VECTOR = ClassDesc.of(PACKAGE + "Vector");
    private static final ClassDesc SPECIES = ClassDesc.of(PACKAGE + "VectorSpecies");
    private static final ClassDesc MASK = ClassDesc.of(PACKAGE + "VectorMask");
    private static final ClassDesc OPERATORS = ClassDesc.of(PACKAGE + "VectorOperators");
    private static final ClassDesc COMPARISON = ClassDesc.of(PACKAGE + "VectorOperators$Comparison");
    private static final ClassDesc BINARY = ClassDesc.of(PACKAGE + "VectorOperators$Binary");
    private static final ClassDesc CONVERSION = ClassDesc.of(PACKAGE + "VectorOperators$Conversion");
    private static final ClassDesc ASSOCIATIVE = ClassDesc.of(PACKAGE + "VectorOperators$Associative");

    private final Type floating;
    private final int bits;
    private final Map<Instruction, Integer> locals = new HashMap<>();
    private CodeBuilder code;

    /** For loops over FLOAT32 or FLOAT64 in vectors of 128, 256 or 512 bit. */
    VectorCode(Type floating, int bits) {
        this.floating = floating;
        this.bits = bits;
    }

    int lanes() {
        return bits / (floating == Type.FLOAT32 ? 32 : 64);
    }

    /** Goes on with this code, and with no value kept. */
    void use(CodeBuilder builder) {
        code = builder;
        locals.clear();
    }

    /** Keeps the vector on the stack as the value of an instruction. */
    void keep(Instruction instruction) {
        int local = locals.computeIfAbsent(instruction, i -> code.allocateLocal(TypeKind.REFERENCE));
        code.astore(local);
    }

    boolean has(Instruction instruction) {
        return locals.containsKey(instruction);
    }

    void push(Instruction instruction) {
        code.aload(locals.get(instruction));
    }

    private static ClassDesc vector(Type type) {
        return ClassDesc.of(PACKAGE + switch (type) {
            case FLOAT32 -> "FloatVector";
            case FLOAT64 -> "DoubleVector";
            case INT32 -> "IntVector";
            case INT64 -> "LongVector";
            case BOOL -> throw new IllegalArgumentException("masks are not vectors");
        });
    }

    private void species(Type type) {
        code.getstatic(vector(type), "SPECIES_" + bits, SPECIES);
    }

    private static ClassDesc element(Type type) {
        return switch (type) {
            case FLOAT32 -> CD_float;
            case FLOAT64 -> CD_double;
            case INT32 -> CD_int;
            case INT64 -> CD_long;
            case BOOL -> CD_boolean;
        };
    }

    /** The pushed scalar in all lanes. */
    void splat(Type type, Runnable push) {
        if (type == Type.BOOL) {
            species(floating);
            push.run();
            code.invokeinterface(SPECIES, "maskAll", MethodTypeDesc.of(MASK, CD_boolean));
        } else {
            species(type);
            push.run();
            code.invokestatic(vector(type), "broadcast", MethodTypeDesc.of(vector(type), SPECIES, element(type)));
        }
    }

    /** Elements from the pushed array and index on. */
    void fromArray(Type type, Runnable push) {
        species(type);
        push.run();
        code.invokestatic(vector(type), "fromArray", MethodTypeDesc.of(vector(type), SPECIES, element(type).arrayType(), CD_int));
    }

    /** Vector, array and index are on the stack. */
    void intoArray(Type type) {
        code.invokevirtual(vector(type), "intoArray", MethodTypeDesc.of(CD_void, element(type).arrayType(), CD_int));
    }

    /** j, j + 1, ... as INT32. */
    void indices(int j) {
        species(Type.INT32);
        code.iload(j).invokestatic(vector(Type.INT32), "broadcast", MethodTypeDesc.of(vector(Type.INT32), SPECIES, CD_int));
        code.iconst_1().invokevirtual(vector(Type.INT32), "addIndex", MethodTypeDesc.of(vector(Type.INT32), CD_int));
    }

    void combine(Type type, boolean sum) {
        binary(type, sum ? "add" : "max");
    }

    private void binary(Type type, String name) {
        code.invokevirtual(vector(type), name, MethodTypeDesc.of(vector(type), VECTOR));
    }

    private void unary(Type type, String name) {
        code.invokevirtual(vector(type), name, MethodTypeDesc.of(vector(type)));
    }

    void operation(Instruction instruction) {
        Type type = instruction.type();
        Type operand = instruction.argument(0).type();
        switch (instruction.code()) {
            case ADD -> binary(type, "add");
            case SUB -> binary(type, "sub");
            case MUL -> binary(type, "mul");
            case DIV -> binary(type, "div");
            case MIN -> binary(type, "min");
            case MAX -> binary(type, "max");
            case NEG -> unary(type, "neg");
            case ABS -> unary(type, "abs");
            case SQRT -> unary(type, "sqrt");
            case FMA -> code.invokevirtual(vector(type), "fma", MethodTypeDesc.of(vector(type), VECTOR, VECTOR));
            case TO_BITS -> code.invokevirtual(VECTOR, type == Type.INT32 ? "reinterpretAsInts" : "reinterpretAsLongs",
                    MethodTypeDesc.of(vector(type)));
            case FROM_BITS -> code.invokevirtual(VECTOR, type == Type.FLOAT32 ? "reinterpretAsFloats" : "reinterpretAsDoubles",
                    MethodTypeDesc.of(vector(type)));
            case AND -> logical(type, "and", "AND");
            case OR -> logical(type, "or", "OR");
            case XOR -> logical(type, "xor", "XOR");
            case NOT -> code.invokevirtual(MASK, "not", MethodTypeDesc.of(MASK));
            case SHIFT_LEFT -> shift(type, "LSHL", (int) instruction.payload());
            case SHIFT_RIGHT -> shift(type, "ASHR", (int) instruction.payload());
            case LESS -> compare(operand, "LT");
            case LESS_OR_EQUAL -> compare(operand, "LE");
            case EQUAL -> compare(operand, "EQ");
            case SELECT -> select(type);
            case CONVERT -> {
                code.getstatic(OPERATORS, type == Type.FLOAT32 ? "I2F" : "F2I", CONVERSION);
                species(type);
                code.iconst_0().invokevirtual(VECTOR, "convertShape", MethodTypeDesc.of(VECTOR, CONVERSION, SPECIES, CD_int));
                code.checkcast(vector(type));
            }
            case CONSTANT, INTEGER, SCALAR, LOAD, INDEX, REDUCED, POW -> throw new IllegalStateException(instruction + " in a vector loop");
        }
    }

    private void logical(Type type, String onMasks, String operator) {
        if (type == Type.BOOL) {
            code.invokevirtual(MASK, onMasks, MethodTypeDesc.of(MASK, MASK));
        } else {
            int right = code.allocateLocal(TypeKind.REFERENCE);
            code.astore(right).getstatic(OPERATORS, operator, ASSOCIATIVE).aload(right);
            code.invokevirtual(vector(type), "lanewise", MethodTypeDesc.of(vector(type), BINARY, VECTOR));
        }
    }

    private void shift(Type type, String operator, int distance) {
        code.getstatic(OPERATORS, operator, BINARY).loadConstant(distance);
        if (type == Type.INT64) {
            code.i2l();
        }
        code.invokevirtual(vector(type), "lanewise", MethodTypeDesc.of(vector(type), BINARY, element(type)));
    }

    private void compare(Type type, String operator) {
        int right = code.allocateLocal(TypeKind.REFERENCE);
        code.astore(right).getstatic(OPERATORS, operator, COMPARISON).aload(right);
        code.invokevirtual(vector(type), "compare", MethodTypeDesc.of(MASK, COMPARISON, VECTOR));
        if (!type.isFloating()) {
            castMask(floating);
        }
    }

    private void castMask(Type type) {
        species(type);
        code.invokevirtual(MASK, "cast", MethodTypeDesc.of(MASK, SPECIES));
    }

    /** mask, whereTrue, elsewhere on the stack. */
    private void select(Type type) {
        if (type == Type.BOOL) {
            throw new IllegalStateException("masks are chosen by and, or, not");
        }
        int elsewhere = code.allocateLocal(TypeKind.REFERENCE);
        int whereTrue = code.allocateLocal(TypeKind.REFERENCE);
        int mask = code.allocateLocal(TypeKind.REFERENCE);
        code.astore(elsewhere).astore(whereTrue).astore(mask);
        code.aload(elsewhere).aload(whereTrue).aload(mask);
        if (!type.isFloating()) {
            castMask(type);
        }
        code.invokevirtual(vector(type), "blend", MethodTypeDesc.of(vector(type), VECTOR, MASK));
    }
}
