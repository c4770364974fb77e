package org.thalweg.autodiff.compile;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.thalweg.autodiff.compile.LoopBody.Code;
import org.thalweg.autodiff.compile.LoopBody.Instruction;
import org.thalweg.autodiff.compile.LoopBody.Place;
import org.thalweg.autodiff.compile.LoopBody.Type;
import org.thalweg.autodiff.kernel.Lanes;

/** What every generated {@link LoopKernel} has: its arrays, the values that are the same for the whole kernel, and scalar code for single instructions. */
final class LoopFrame {
    static final int FROM = 7;
    static final int TO = 8;
    static final ClassDesc SCRATCH = Scratch.class.describeConstable().orElseThrow();
    static final int SCRATCH_OBJECT = 6;
    private static final ClassDesc KERNEL = LoopKernel.class.describeConstable().orElseThrow();
    private static final ClassDesc GENERATED = ClassDesc.of(LoopFrame.class.getPackageName(), "GeneratedLoop");
    private static final MethodTypeDesc RUN = MethodTypeDesc.of(CD_void, CD_Object.arrayType(), CD_int.arrayType(), CD_double.arrayType(),
            CD_int.arrayType(), CD_int.arrayType(), SCRATCH, CD_int, CD_int);
    private static final int BUFFERS = 1;
    private static final int SLOTS = 2;
    private static final int SCALARS = 3;
    private static final int SCALAR_SLOTS = 4;
    private static final int GEOMETRY = 5;

    final LoopBody body;
    final CodeBuilder code;
    final ScalarCode scalar;
    final int last;
    final int[] arrayLocals;
    /** Where an operand begins, or where its row does; -1 where that is the start of its array. */
    final int[] offsetLocals;
    final int[] axisLocals;
    final int lanesLocal;
    private final Map<Instruction, Integer> locals = new HashMap<>();

    /** Writes the code that comes before the loops. */
    LoopFrame(LoopBody body, CodeBuilder code) {
        this.body = body;
        this.code = code;
        this.scalar = new ScalarCode(code);
        this.last = body.rank() - 1;
        this.axisLocals = new int[body.rank()];
        this.arrayLocals = new int[body.operands.size()];
        this.offsetLocals = new int[body.operands.size()];
        Label some = code.newLabel();
        code.iload(FROM).iload(TO).if_icmplt(some).return_().labelBinding(some);
        for (int k = 0; k < arrayLocals.length; k++) {
            array(k);
        }
        this.lanesLocal = body.reductions.isEmpty() ? -1 : lanesArray();
        for (Instruction instruction : body.instructions) {
            if (instruction.place() == Place.KERNEL && !ScalarCode.isImmediate(instruction)) {
                define(instruction, -1);
            }
        }
    }

    /** The class file of a kernel with this code. */
    static byte[] classFile(Consumer<CodeBuilder> run) {
        return ClassFile.of().build(GENERATED, classBuilder -> {
            classBuilder.withFlags(ClassFile.ACC_FINAL).withInterfaceSymbols(KERNEL);
            classBuilder.withMethodBody(ConstantDescs.INIT_NAME, ConstantDescs.MTD_void, 0,
                    c -> c.aload(0).invokespecial(CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void).return_());
            classBuilder.withMethodBody("run", RUN, ClassFile.ACC_PUBLIC, run);
        });
    }

    private void array(int k) {
        offsetLocals[k] = -1;
        if (body.sameArray(k) != k) {
            arrayLocals[k] = arrayLocals[body.sameArray(k)];
            offsetLocals[k] = offsetLocals[body.sameArray(k)];
            return;
        }
        arrayLocals[k] = code.allocateLocal(TypeKind.REFERENCE);
        code.aload(BUFFERS).aload(SLOTS).loadConstant(k).iaload().aaload();
        code.checkcast(ScalarCode.descriptor(body.operands.get(k).type()).arrayType()).astore(arrayLocals[k]);
        if (body.operands.get(k).start() != 0 && !movesAlongRows(k)) {
            start(k);
            offsetLocals[k] = code.allocateLocal(TypeKind.INT);
            code.istore(offsetLocals[k]);
        }
    }

    private int lanesArray() {
        int local = code.allocateLocal(TypeKind.REFERENCE);
        code.aload(SCRATCH_OBJECT).getfield(SCRATCH, laneType() == Type.FLOAT32 ? "floats" : "doubles", laneArray()).astore(local);
        return local;
    }

    Type laneType() {
        return body.reductions.getFirst().value().type();
    }

    ClassDesc laneArray() {
        return ScalarCode.descriptor(laneType()).arrayType();
    }

    int lanes() {
        return laneType() == Type.FLOAT32 ? Lanes.FLOATS : Lanes.DOUBLES;
    }

    void identity(int q) {
        scalar.constant(laneType(), body.reductions.get(q).sum() ? 0 : Double.NEGATIVE_INFINITY);
    }

    /** Pushes the extent of an axis. */
    void extent(int axis) {
        code.aload(GEOMETRY).loadConstant(axis).iaload();
    }

    /** Pushes an operand's stride along an axis. */
    void stride(int k, int axis) {
        code.aload(GEOMETRY).loadConstant(body.rank() * (1 + k) + axis).iaload();
    }

    private void start(int k) {
        code.aload(GEOMETRY).loadConstant(body.rank() * (1 + body.operands.size()) + k).iaload();
    }

    /** The offsets of the row that the locals of the axes say. */
    void rowOffsets() {
        for (int k = 0; k < offsetLocals.length; k++) {
            if (body.sameArray(k) != k) {
                offsetLocals[k] = offsetLocals[body.sameArray(k)];
                continue;
            }
            if (!movesAlongRows(k)) {
                continue;
            }
            boolean moves = body.operands.get(k).start() != 0;
            if (moves) {
                start(k);
            }
            for (int axis = 0; axis < last; axis++) {
                if (body.operands.get(k).strides()[axis] != 0) {
                    code.iload(axisLocals[axis]);
                    stride(k, axis);
                    code.imul();
                    if (moves) {
                        code.iadd();
                    }
                    moves = true;
                }
            }
            offsetLocals[k] = code.allocateLocal(TypeKind.INT);
            code.istore(offsetLocals[k]);
        }
    }

    /** Whether an operand moves along an axis other than the last. */
    boolean movesAlongRows(int k) {
        return Arrays.stream(body.operands.get(k).strides(), 0, last).anyMatch(stride -> stride != 0);
    }

    /** Pushes the index into an operand: its row's offset, plus j where it moves along the last axis; j is -1 outside the innermost loop. */
    void position(int operand, int j) {
        boolean moves = j >= 0 && body.operands.get(operand).strides()[last] != 0;
        if (offsetLocals[operand] >= 0) {
            code.iload(offsetLocals[operand]);
            if (moves) {
                code.iload(j).iadd();
            }
        } else if (moves) {
            code.iload(j);
        } else {
            code.iconst_0();
        }
    }

    /** Computes an instruction in scalar code and keeps it in a local. */
    void define(Instruction instruction, int j) {
        switch (instruction.code()) {
            case LOAD -> {
                int operand = (int) instruction.payload();
                code.aload(arrayLocals[operand]);
                position(operand, j);
                scalar.arrayLoad(instruction.type());
            }
            case SCALAR -> {
                code.aload(SCALARS).aload(SCALAR_SLOTS).loadConstant((int) instruction.payload()).iaload().daload();
                scalar.convert(Type.FLOAT64, instruction.type());
            }
            case INDEX -> code.iload(axisLocals[(int) instruction.payload()]);
            case CONSTANT, INTEGER -> scalar.immediate(instruction);
            default -> {
                instruction.arguments().forEach(this::push);
                scalar.operation(instruction);
            }
        }
        int local = locals.computeIfAbsent(instruction, i -> code.allocateLocal(ScalarCode.kind(i.type())));
        code.storeLocal(ScalarCode.kind(instruction.type()), local);
    }

    /** Says in which local the result of a reduction is. */
    void reduced(int q, int local) {
        for (Instruction instruction : body.instructions) {
            if (instruction.code() == Code.REDUCED && instruction.payload() == q) {
                locals.put(instruction, local);
            }
        }
    }

    void push(Instruction instruction) {
        if (ScalarCode.isImmediate(instruction)) {
            scalar.immediate(instruction);
        } else {
            code.loadLocal(ScalarCode.kind(instruction.type()), locals.get(instruction));
        }
    }

    /** Whether a pass over the last axis has something to do. */
    boolean hasPass(int stage) {
        return body.reductions.stream().anyMatch(r -> r.value().stage() == stage)
                || body.stores.stream().anyMatch(s -> body.isElementStore(s) && s.value().stage() == stage)
                || body.accumulates.stream().anyMatch(a -> a.value().stage() == stage);
    }
}
