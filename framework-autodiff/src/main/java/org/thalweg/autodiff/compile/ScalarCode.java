package org.thalweg.autodiff.compile;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import org.thalweg.autodiff.compile.LoopBody.Code;
import org.thalweg.autodiff.compile.LoopBody.Instruction;
import org.thalweg.autodiff.compile.LoopBody.Type;

/** Scalar bytecode for instructions whose arguments are on the stack. */
final class ScalarCode {
    private static final ClassDesc MATH = ClassDesc.of("java.lang.Math");
    private static final ClassDesc STRICT_MATH = ClassDesc.of("java.lang.StrictMath");
    private static final ClassDesc FLOAT = ClassDesc.of("java.lang.Float");
    private static final ClassDesc DOUBLE = ClassDesc.of("java.lang.Double");
    private static final ClassDesc SCRATCH = Scratch.class.describeConstable().orElseThrow();

    private final CodeBuilder code;

    ScalarCode(CodeBuilder code) {
        this.code = code;
    }

    static ClassDesc descriptor(Type type) {
        return switch (type) {
            case FLOAT32 -> CD_float;
            case FLOAT64 -> CD_double;
            case INT32 -> CD_int;
            case INT64 -> CD_long;
            case BOOL -> CD_boolean;
        };
    }

    static TypeKind kind(Type type) {
        return switch (type) {
            case FLOAT32 -> TypeKind.FLOAT;
            case FLOAT64 -> TypeKind.DOUBLE;
            case INT64 -> TypeKind.LONG;
            case INT32, BOOL -> TypeKind.INT;
        };
    }

    /** Whether an instruction is a literal that needs no local. */
    static boolean isImmediate(Instruction instruction) {
        return instruction.code() == Code.CONSTANT || instruction.code() == Code.INTEGER;
    }

    void immediate(Instruction instruction) {
        if (instruction.code() == Code.CONSTANT) {
            constant(instruction.type(), Double.longBitsToDouble(instruction.payload()));
        } else if (instruction.type() == Type.INT64) {
            code.loadConstant(instruction.payload());
        } else {
            code.loadConstant((int) instruction.payload());
        }
    }

    void constant(Type type, double value) {
        if (type == Type.FLOAT32) {
            code.loadConstant((float) value);
        } else {
            code.loadConstant(value);
        }
    }

    void arrayLoad(Type type) {
        code.arrayLoad(type == Type.BOOL ? TypeKind.BOOLEAN : kind(type));
    }

    void arrayStore(Type type) {
        code.arrayStore(type == Type.BOOL ? TypeKind.BOOLEAN : kind(type));
    }

    void combine(Type type, boolean sum) {
        if (sum) {
            code.with(java.lang.classfile.instruction.OperatorInstruction.of(type == Type.FLOAT32 ? Opcode.FADD : Opcode.DADD));
        } else {
            math("max", type, 2);
        }
    }

    private void math(String name, Type type, int arguments) {
        ClassDesc descriptor = descriptor(type);
        ClassDesc[] parameters = new ClassDesc[arguments];
        java.util.Arrays.fill(parameters, descriptor);
        code.invokestatic(MATH, name, MethodTypeDesc.of(descriptor, parameters));
    }

    void convert(Type from, Type to) {
        if (to == Type.BOOL) {
            // Only host scalars: not 0 is true.
            code.dconst_0();
            code.dcmpl();
            truth(Opcode.IFNE);
        } else {
            code.conversion(kind(from), kind(to));
        }
    }

    void operation(Instruction instruction) {
        Type type = instruction.type();
        Type operand = instruction.argument(0).type();
        switch (instruction.code()) {
            case ADD -> arithmetic(type, Opcode.FADD, Opcode.DADD, Opcode.IADD, Opcode.LADD);
            case SUB -> arithmetic(type, Opcode.FSUB, Opcode.DSUB, Opcode.ISUB, Opcode.LSUB);
            case MUL -> arithmetic(type, Opcode.FMUL, Opcode.DMUL, Opcode.IMUL, Opcode.LMUL);
            case DIV -> {
                if (type == Type.INT32) {
                    code.invokestatic(SCRATCH, "divide", MethodTypeDesc.of(CD_int, CD_int, CD_int));
                } else {
                    arithmetic(type, Opcode.FDIV, Opcode.DDIV, null, null);
                }
            }
            case NEG -> arithmetic(type, Opcode.FNEG, Opcode.DNEG, Opcode.INEG, Opcode.LNEG);
            case FMA -> math("fma", type, 3);
            case ABS -> math("abs", type, 1);
            case MIN -> math("min", type, 2);
            case MAX -> math("max", type, 2);
            case SQRT -> {
                if (type == Type.FLOAT32) {
                    code.f2d();
                }
                math("sqrt", Type.FLOAT64, 1);
                if (type == Type.FLOAT32) {
                    code.d2f();
                }
            }
            case POW -> code.invokestatic(type == Type.FLOAT32 ? SCRATCH : STRICT_MATH, "pow",
                    MethodTypeDesc.of(descriptor(type), descriptor(type), descriptor(type)));
            case TO_BITS -> {
                boolean single = operand == Type.FLOAT32;
                code.invokestatic(single ? FLOAT : DOUBLE, single ? "floatToRawIntBits" : "doubleToRawLongBits",
                        MethodTypeDesc.of(descriptor(type), descriptor(operand)));
            }
            case FROM_BITS -> {
                boolean single = type == Type.FLOAT32;
                code.invokestatic(single ? FLOAT : DOUBLE, single ? "intBitsToFloat" : "longBitsToDouble",
                        MethodTypeDesc.of(descriptor(type), descriptor(operand)));
            }
            case AND -> arithmetic(type, null, null, Opcode.IAND, Opcode.LAND);
            case OR -> arithmetic(type, null, null, Opcode.IOR, Opcode.LOR);
            case XOR -> arithmetic(type, null, null, Opcode.IXOR, Opcode.LXOR);
            case NOT -> code.iconst_1().ixor();
            case SHIFT_LEFT -> {
                code.loadConstant((int) instruction.payload());
                arithmetic(type, null, null, Opcode.ISHL, Opcode.LSHL);
            }
            case SHIFT_RIGHT -> {
                code.loadConstant((int) instruction.payload());
                arithmetic(type, null, null, Opcode.ISHR, Opcode.LSHR);
            }
            case LESS -> compare(operand, Opcode.IFLT, Opcode.IF_ICMPLT);
            case LESS_OR_EQUAL -> compare(operand, Opcode.IFLE, Opcode.IF_ICMPLE);
            case EQUAL -> compare(operand, Opcode.IFEQ, Opcode.IF_ICMPEQ);
            case CONVERT -> convert(operand, type);
            case SELECT -> select(type);
            case CONSTANT, INTEGER, SCALAR, LOAD, INDEX, REDUCED -> throw new IllegalStateException(instruction + " has no arguments");
        }
    }

    private void arithmetic(Type type, Opcode single, Opcode twice, Opcode whole, Opcode wide) {
        Opcode opcode = switch (type) {
            case FLOAT32 -> single;
            case FLOAT64 -> twice;
            case INT64 -> wide;
            case INT32, BOOL -> whole;
        };
        code.with(java.lang.classfile.instruction.OperatorInstruction.of(opcode));
    }

    /** NaN makes every comparison false: the comparison with the right result for NaN is chosen. */
    private void compare(Type type, Opcode afterCompare, Opcode onIntegers) {
        switch (type) {
            case FLOAT32 -> code.fcmpg();
            case FLOAT64 -> code.dcmpg();
            case INT64 -> code.lcmp();
            case INT32, BOOL -> {
                truth(onIntegers);
                return;
            }
        }
        truth(afterCompare);
    }

    private void truth(Opcode jump) {
        Label yes = code.newLabel();
        Label end = code.newLabel();
        code.branch(jump, yes).iconst_0().goto_(end).labelBinding(yes).iconst_1().labelBinding(end);
    }

    /** mask, whereTrue, elsewhere on the stack. */
    private void select(Type type) {
        TypeKind kind = kind(type);
        int elsewhere = code.allocateLocal(kind);
        int whereTrue = code.allocateLocal(kind);
        Label no = code.newLabel();
        Label end = code.newLabel();
        code.storeLocal(kind, elsewhere).storeLocal(kind, whereTrue).ifeq(no);
        code.loadLocal(kind, whereTrue).goto_(end).labelBinding(no).loadLocal(kind, elsewhere).labelBinding(end);
    }
}
