package org.thalweg.autodiff.compile;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.autodiff.compile.LoopBody.Code;
import org.thalweg.autodiff.compile.LoopBody.Instruction;
import org.thalweg.autodiff.compile.LoopBody.Operand;
import org.thalweg.autodiff.compile.LoopBody.Place;
import org.thalweg.autodiff.compile.LoopBody.Type;
import org.thalweg.autodiff.kernel.Lanes;

/**
 * Turns a loop body into a class that implements {@link LoopKernel}. What does not vary along the last axis is computed outside the innermost loop, in
 * scalar code. The innermost loop is a Vector API loop followed by a scalar one for the rest of the axis, or a scalar loop alone;
 * both come from the same instructions and give the same bits.
 */
final class LoopGenerator {
    private static final ClassDesc KERNEL = LoopKernel.class.describeConstable().orElseThrow();
    private static final ClassDesc SCRATCH = Scratch.class.describeConstable().orElseThrow();
    private static final ClassDesc LANES = Lanes.class.describeConstable().orElseThrow();
    private static final ClassDesc GENERATED = ClassDesc.of(LoopGenerator.class.getPackageName(), "GeneratedLoop");
    private static final MethodTypeDesc RUN = MethodTypeDesc.of(CD_void, CD_Object.arrayType(), CD_int.arrayType(), CD_double.arrayType(),
            CD_int.arrayType(), CD_int.arrayType(), SCRATCH, CD_int, CD_int);
    private static final int BUFFERS = 1;
    private static final int SLOTS = 2;
    private static final int SCALARS = 3;
    private static final int SCALAR_SLOTS = 4;
    private static final int GEOMETRY = 5;
    private static final int SCRATCH_LANES = 6;
    private static final int FROM = 7;
    private static final int TO = 8;

    private final LoopBody body;
    private final VectorCode vectors;
    private final boolean flat;
    private final int last;
    private final Map<Instruction, Integer> locals = new HashMap<>();
    private final Map<Instruction, Integer> vectorLocals = new HashMap<>();
    private int[] arrayLocals;
    private int[] offsetLocals;
    private int[] axisLocals;
    private int lanesLocal;
    private CodeBuilder code;
    private ScalarCode scalar;

    private LoopGenerator(LoopBody body, VectorCode vectors) {
        this.body = body;
        this.vectors = vectors;
        this.flat = body.isFlat();
        this.last = body.rank() - 1;
    }

    /** The class file; vectors is null for scalar code. */
    static byte[] generate(LoopBody body, VectorCode vectors) {
        return ClassFile.of().build(GENERATED, classBuilder -> {
            classBuilder.withFlags(ClassFile.ACC_FINAL).withInterfaceSymbols(KERNEL);
            classBuilder.withMethodBody(ConstantDescs.INIT_NAME, ConstantDescs.MTD_void, 0,
                    c -> c.aload(0).invokespecial(CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void).return_());
            // Generation may run twice where branches turn out long, so each run starts afresh.
            classBuilder.withMethodBody("run", RUN, ClassFile.ACC_PUBLIC, c -> new LoopGenerator(body, vectors).method(c));
        });
    }

    private void method(CodeBuilder builder) {
        code = builder;
        scalar = new ScalarCode(builder);
        prologue();
        if (flat) {
            int j = code.allocateLocal(TypeKind.INT);
            code.iload(FROM).istore(j);
            axisLocals[last] = j;
            pass(0, j, TO);
        } else {
            rows();
        }
        code.return_();
    }

    /** Arrays, lanes, and everything that is the same for the whole kernel. */
    private void prologue() {
        arrayLocals = new int[body.operands.size()];
        offsetLocals = new int[body.operands.size()];
        axisLocals = new int[body.rank()];
        for (int k = 0; k < arrayLocals.length; k++) {
            offsetLocals[k] = -1;
            if (body.sameArray(k) != k) {
                arrayLocals[k] = arrayLocals[body.sameArray(k)];
                offsetLocals[k] = offsetLocals[body.sameArray(k)];
                continue;
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
        if (!body.reductions.isEmpty()) {
            lanesLocal = code.allocateLocal(TypeKind.REFERENCE);
            boolean single = laneType() == Type.FLOAT32;
            code.aload(SCRATCH_LANES).getfield(SCRATCH, single ? "floats" : "doubles", laneArray()).astore(lanesLocal);
        }
        for (Instruction instruction : body.instructions) {
            if (instruction.place() == Place.KERNEL && !ScalarCode.isImmediate(instruction)) {
                define(instruction, -1);
            }
        }
    }

    private Type laneType() {
        return body.reductions.getFirst().value().type();
    }

    private ClassDesc laneArray() {
        return ScalarCode.descriptor(laneType()).arrayType();
    }

    private int lanes() {
        return laneType() == Type.FLOAT32 ? Lanes.FLOATS : Lanes.DOUBLES;
    }

    /** All rows of the part: a row kernel's from..to, or every row of a column kernel. */
    private void rows() {
        boolean columns = !body.accumulates.isEmpty();
        int row = code.allocateLocal(TypeKind.INT);
        int end = code.allocateLocal(TypeKind.INT);
        if (columns) {
            code.iconst_0().istore(row);
            outerSize();
            code.istore(end);
        } else {
            code.iload(FROM).istore(row).iload(TO).istore(end);
        }
        int inner = code.allocateLocal(TypeKind.INT);
        extent(last);
        code.istore(inner);
        Label top = code.newLabel();
        Label done = code.newLabel();
        code.labelBinding(top).iload(row).iload(end).if_icmpge(done);
        outerIndices(row);
        offsets();
        int stages = body.stages();
        int j = code.allocateLocal(TypeKind.INT);
        axisLocals[last] = j;
        for (int stage = 0; stage < stages; stage++) {
            rowInstructions(stage);
            if (hasPass(stage)) {
                if (columns) {
                    code.iload(FROM).istore(j);
                } else {
                    code.iconst_0().istore(j);
                }
                pass(stage, j, columns ? TO : inner);
            }
        }
        rowInstructions(stages);
        for (LoopBody.Store store : body.stores) {
            if (!body.isElementStore(store)) {
                store(store.operand(), store.value(), -1);
            }
        }
        code.iinc(row, 1).goto_(top).labelBinding(done);
    }

    private void extent(int axis) {
        code.aload(GEOMETRY).loadConstant(axis).iaload();
    }

    private void outerSize() {
        code.iconst_1();
        for (int axis = 0; axis < last; axis++) {
            extent(axis);
            code.imul();
        }
    }

    private void outerIndices(int row) {
        for (int axis = 0; axis < last; axis++) {
            axisLocals[axis] = code.allocateLocal(TypeKind.INT);
        }
        if (last == 0) {
            return;
        }
        int rest = code.allocateLocal(TypeKind.INT);
        code.iload(row).istore(rest);
        for (int axis = last - 1; axis > 0; axis--) {
            code.iload(rest);
            extent(axis);
            code.irem().istore(axisLocals[axis]);
            code.iload(rest);
            extent(axis);
            code.idiv().istore(rest);
        }
        code.iload(rest).istore(axisLocals[0]);
    }

    private void offsets() {
        for (int k = 0; k < offsetLocals.length; k++) {
            if (body.sameArray(k) != k) {
                offsetLocals[k] = offsetLocals[body.sameArray(k)];
                continue;
            }
            if (!movesAlongRows(k)) {
                continue;
            }
            int[] strides = body.operands.get(k).strides();
            boolean moves = body.operands.get(k).start() != 0;
            if (moves) {
                start(k);
            }
            for (int axis = 0; axis < last; axis++) {
                if (strides[axis] != 0) {
                    code.iload(axisLocals[axis]).aload(GEOMETRY).loadConstant(body.rank() * (1 + k) + axis).iaload().imul();
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
    private boolean movesAlongRows(int k) {
        return Arrays.stream(body.operands.get(k).strides(), 0, last).anyMatch(stride -> stride != 0);
    }

    private void start(int k) {
        code.aload(GEOMETRY).loadConstant(body.rank() * (1 + body.operands.size()) + k).iaload();
    }

    private void rowInstructions(int stage) {
        for (Instruction instruction : body.instructions) {
            if (instruction.place() == Place.ROW && instruction.stage() == stage && instruction.code() != Code.REDUCED) {
                define(instruction, -1);
            }
        }
    }

    private boolean hasPass(int stage) {
        return body.reductions.stream().anyMatch(r -> r.value().stage() == stage)
                || body.stores.stream().anyMatch(s -> body.isElementStore(s) && s.value().stage() == stage)
                || body.accumulates.stream().anyMatch(a -> a.value().stage() == stage);
    }

    /** One loop over the last axis, from what j holds to the local {@code end}, and the reductions that are complete after it. */
    private void pass(int stage, int j, int end) {
        List<Instruction> needed = body.elementInstructions(stage);
        List<Integer> reductions = new ArrayList<>();
        for (int q = 0; q < body.reductions.size(); q++) {
            if (body.reductions.get(q).value().stage() == stage) {
                reductions.add(q);
            }
        }
        boolean inRegisters = vectors != null && !reductions.isEmpty() && vectors.lanes() == lanes();
        if (!inRegisters) {
            for (int q : reductions) {
                code.aload(lanesLocal).loadConstant(q * lanes());
                identity(q);
                code.invokestatic(LANES, "clear", MethodTypeDesc.of(CD_void, laneArray(), CD_int, ScalarCode.descriptor(laneType())));
            }
        }
        if (vectors != null) {
            vectorLoop(stage, j, end, needed, reductions, inRegisters);
        }
        scalarLoop(stage, j, end, needed, reductions);
        for (int q : reductions) {
            finish(q);
        }
    }

    private void identity(int q) {
        scalar.constant(laneType(), body.reductions.get(q).sum() ? 0 : Double.NEGATIVE_INFINITY);
    }

    private void scalarLoop(int stage, int j, int end, List<Instruction> needed, List<Integer> reductions) {
        Label top = code.newLabel();
        Label done = code.newLabel();
        code.labelBinding(top).iload(j).iload(end).if_icmpge(done);
        needed.forEach(instruction -> define(instruction, j));
        for (LoopBody.Store store : body.stores) {
            if (body.isElementStore(store) && store.value().stage() == stage) {
                store(store.operand(), store.value(), j);
            }
        }
        for (int q : reductions) {
            code.aload(lanesLocal);
            laneIndex(q, j);
            code.dup2();
            scalar.arrayLoad(laneType());
            push(body.reductions.get(q).value());
            scalar.combine(laneType(), body.reductions.get(q).sum());
            scalar.arrayStore(laneType());
        }
        for (LoopBody.Accumulate accumulate : body.accumulates) {
            Type type = accumulate.value().type();
            code.aload(arrayLocals[accumulate.operand()]);
            position(accumulate.operand(), j);
            code.dup2();
            scalar.arrayLoad(type);
            push(accumulate.value());
            scalar.combine(type, accumulate.sum());
            scalar.arrayStore(type);
        }
        code.iinc(j, 1).goto_(top).labelBinding(done);
    }

    private void laneIndex(int q, int j) {
        code.iload(j).loadConstant(lanes() - 1).iand();
        if (q > 0) {
            code.loadConstant(q * lanes()).iadd();
        }
    }

    /** Computes an instruction in scalar code and keeps it in a local; j is -1 outside the innermost loop. */
    private void define(Instruction instruction, int j) {
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

    private void push(Instruction instruction) {
        if (ScalarCode.isImmediate(instruction)) {
            scalar.immediate(instruction);
        } else {
            code.loadLocal(ScalarCode.kind(instruction.type()), locals.get(instruction));
        }
    }

    /** The index into an operand: its row's offset, plus j where it moves along the last axis. */
    private void position(int operand, int j) {
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

    private void store(int operand, Instruction value, int j) {
        code.aload(arrayLocals[operand]);
        position(operand, j);
        push(value);
        scalar.arrayStore(body.operands.get(operand).type());
    }

    private void finish(int q) {
        code.aload(lanesLocal).loadConstant(q * lanes());
        code.invokestatic(LANES, body.reductions.get(q).sum() ? "sum" : "max",
                MethodTypeDesc.of(ScalarCode.descriptor(laneType()), laneArray(), CD_int));
        int local = code.allocateLocal(ScalarCode.kind(laneType()));
        code.storeLocal(ScalarCode.kind(laneType()), local);
        for (Instruction instruction : body.instructions) {
            if (instruction.code() == Code.REDUCED && instruction.payload() == q) {
                locals.put(instruction, local);
            }
        }
    }

    private void vectorLoop(int stage, int j, int end, List<Instruction> needed, List<Integer> reductions, boolean inRegisters) {
        vectorLocals.clear();
        vectors.use(code);
        List<Instruction> roots = new ArrayList<>();
        body.stores.stream().filter(s -> body.isElementStore(s) && s.value().stage() == stage).forEach(s -> roots.add(s.value()));
        reductions.forEach(q -> roots.add(body.reductions.get(q).value()));
        body.accumulates.forEach(a -> roots.add(a.value()));
        roots.forEach(this::broadcast);
        needed.forEach(instruction -> instruction.arguments().forEach(this::broadcast));
        Map<Integer, Integer> accumulators = new HashMap<>();
        if (inRegisters) {
            for (int q : reductions) {
                int local = code.allocateLocal(TypeKind.REFERENCE);
                vectors.splat(laneType(), () -> identity(q));
                code.astore(local);
                accumulators.put(q, local);
            }
        }
        int bound = code.allocateLocal(TypeKind.INT);
        // end - (end - j) % lanes; the number of lanes is a power of two
        code.iload(end).iload(end).iload(j).isub().loadConstant(vectors.lanes() - 1).iand().isub().istore(bound);
        Label top = code.newLabel();
        Label done = code.newLabel();
        code.labelBinding(top).iload(j).iload(bound).if_icmpge(done);
        for (Instruction instruction : needed) {
            defineVector(instruction, j);
        }
        for (LoopBody.Store store : body.stores) {
            if (body.isElementStore(store) && store.value().stage() == stage) {
                pushVector(store.value());
                code.aload(arrayLocals[store.operand()]);
                position(store.operand(), j);
                vectors.intoArray(store.value().type());
            }
        }
        for (int q : reductions) {
            boolean sum = body.reductions.get(q).sum();
            if (inRegisters) {
                code.aload(accumulators.get(q));
                pushVector(body.reductions.get(q).value());
                vectors.combine(laneType(), sum);
                code.astore(accumulators.get(q));
            } else {
                vectors.fromArray(laneType(), () -> {
                    code.aload(lanesLocal);
                    laneIndex(q, j);
                });
                pushVector(body.reductions.get(q).value());
                vectors.combine(laneType(), sum);
                code.aload(lanesLocal);
                laneIndex(q, j);
                vectors.intoArray(laneType());
            }
        }
        for (LoopBody.Accumulate accumulate : body.accumulates) {
            Type type = accumulate.value().type();
            vectors.fromArray(type, () -> {
                code.aload(arrayLocals[accumulate.operand()]);
                position(accumulate.operand(), j);
            });
            pushVector(accumulate.value());
            vectors.combine(type, accumulate.sum());
            code.aload(arrayLocals[accumulate.operand()]);
            position(accumulate.operand(), j);
            vectors.intoArray(type);
        }
        code.iinc(j, vectors.lanes()).goto_(top).labelBinding(done);
        accumulators.forEach((q, local) -> {
            code.aload(local).aload(lanesLocal).loadConstant(q * lanes());
            vectors.intoArray(laneType());
        });
    }

    /** A value from outside the innermost loop, in all lanes. */
    private void broadcast(Instruction instruction) {
        if (instruction.place() != Place.ELEMENT && !vectorLocals.containsKey(instruction)) {
            vectors.splat(instruction.type(), () -> push(instruction));
            keep(instruction);
        }
    }

    private void keep(Instruction instruction) {
        int local = code.allocateLocal(TypeKind.REFERENCE);
        code.astore(local);
        vectorLocals.put(instruction, local);
    }

    private void pushVector(Instruction instruction) {
        code.aload(vectorLocals.get(instruction));
    }

    private void defineVector(Instruction instruction, int j) {
        switch (instruction.code()) {
            case LOAD -> vectors.fromArray(instruction.type(), () -> {
                int operand = (int) instruction.payload();
                code.aload(arrayLocals[operand]);
                position(operand, j);
            });
            case INDEX -> vectors.indices(j);
            default -> {
                instruction.arguments().forEach(this::pushVector);
                vectors.operation(instruction);
            }
        }
        keep(instruction);
    }
}
