package org.thalweg.autodiff.compile;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.autodiff.compile.LoopBody.Code;
import org.thalweg.autodiff.compile.LoopBody.Instruction;
import org.thalweg.autodiff.compile.LoopBody.Place;
import org.thalweg.autodiff.compile.LoopBody.Type;
import org.thalweg.autodiff.kernel.Lanes;

/**
 * Turns a loop body into a class that implements {@link LoopKernel}. What does not vary along the last axis is computed outside the innermost loop, in
 * scalar code. The innermost loop is a Vector API loop followed by a scalar one for the rest of the axis, or a scalar loop alone;
 * both come from the same instructions and give the same bits.
 */
final class LoopGenerator {
    private static final ClassDesc LANES = Lanes.class.describeConstable().orElseThrow();

    private final LoopBody body;
    private final VectorCode vectors;
    private final LoopFrame frame;
    private final CodeBuilder code;
    private final ScalarCode scalar;

    private LoopGenerator(LoopBody body, VectorCode vectors, CodeBuilder code) {
        this.body = body;
        this.vectors = vectors;
        this.code = code;
        this.frame = new LoopFrame(body, code);
        this.scalar = frame.scalar;
    }

    /** The class file; vectors is null for scalar code. */
    static byte[] generate(LoopBody body, VectorCode vectors) {
        // Generation may run twice where branches turn out long, so each run starts afresh.
        return LoopFrame.classFile(code -> new LoopGenerator(body, vectors, code).method());
    }

    private void method() {
        if (body.isFlat()) {
            int j = code.allocateLocal(TypeKind.INT);
            code.iload(LoopFrame.FROM).istore(j);
            frame.axisLocals[frame.last] = j;
            pass(0, j, LoopFrame.TO);
        } else {
            rows();
        }
        code.return_();
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
            code.iload(LoopFrame.FROM).istore(row).iload(LoopFrame.TO).istore(end);
        }
        int inner = code.allocateLocal(TypeKind.INT);
        frame.extent(frame.last);
        code.istore(inner);
        Label top = code.newLabel();
        Label done = code.newLabel();
        code.labelBinding(top).iload(row).iload(end).if_icmpge(done);
        outerIndices(row);
        frame.rowOffsets();
        int stages = body.stages();
        int j = code.allocateLocal(TypeKind.INT);
        frame.axisLocals[frame.last] = j;
        for (int stage = 0; stage < stages; stage++) {
            rowInstructions(stage);
            if (frame.hasPass(stage)) {
                if (columns) {
                    code.iload(LoopFrame.FROM).istore(j);
                } else {
                    code.iconst_0().istore(j);
                }
                pass(stage, j, columns ? LoopFrame.TO : inner);
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

    private void outerSize() {
        code.iconst_1();
        for (int axis = 0; axis < frame.last; axis++) {
            frame.extent(axis);
            code.imul();
        }
    }

    private void outerIndices(int row) {
        for (int axis = 0; axis < frame.last; axis++) {
            frame.axisLocals[axis] = code.allocateLocal(TypeKind.INT);
        }
        if (frame.last == 0) {
            return;
        }
        int rest = code.allocateLocal(TypeKind.INT);
        code.iload(row).istore(rest);
        for (int axis = frame.last - 1; axis > 0; axis--) {
            code.iload(rest);
            frame.extent(axis);
            code.irem().istore(frame.axisLocals[axis]);
            code.iload(rest);
            frame.extent(axis);
            code.idiv().istore(rest);
        }
        code.iload(rest).istore(frame.axisLocals[0]);
    }

    private void rowInstructions(int stage) {
        for (Instruction instruction : body.instructions) {
            if (instruction.place() == Place.ROW && instruction.stage() == stage && instruction.code() != Code.REDUCED) {
                frame.define(instruction, -1);
            }
        }
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
        boolean inRegisters = vectors != null && !reductions.isEmpty() && vectors.lanes() == frame.lanes();
        if (!inRegisters) {
            for (int q : reductions) {
                code.aload(frame.lanesLocal).loadConstant(q * frame.lanes());
                frame.identity(q);
                code.invokestatic(LANES, "clear", MethodTypeDesc.of(CD_void, frame.laneArray(), CD_int, ScalarCode.descriptor(frame.laneType())));
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

    private void scalarLoop(int stage, int j, int end, List<Instruction> needed, List<Integer> reductions) {
        Label top = code.newLabel();
        Label done = code.newLabel();
        code.labelBinding(top).iload(j).iload(end).if_icmpge(done);
        needed.forEach(instruction -> frame.define(instruction, j));
        for (LoopBody.Store store : body.stores) {
            if (body.isElementStore(store) && store.value().stage() == stage) {
                store(store.operand(), store.value(), j);
            }
        }
        for (int q : reductions) {
            code.aload(frame.lanesLocal);
            laneIndex(q, j);
            code.dup2();
            scalar.arrayLoad(frame.laneType());
            frame.push(body.reductions.get(q).value());
            scalar.combine(frame.laneType(), body.reductions.get(q).sum());
            scalar.arrayStore(frame.laneType());
        }
        for (LoopBody.Accumulate accumulate : body.accumulates) {
            Type type = accumulate.value().type();
            code.aload(frame.arrayLocals[accumulate.operand()]);
            frame.position(accumulate.operand(), j);
            code.dup2();
            scalar.arrayLoad(type);
            frame.push(accumulate.value());
            scalar.combine(type, accumulate.sum());
            scalar.arrayStore(type);
        }
        code.iinc(j, 1).goto_(top).labelBinding(done);
    }

    private void laneIndex(int q, int j) {
        code.iload(j).loadConstant(frame.lanes() - 1).iand();
        if (q > 0) {
            code.loadConstant(q * frame.lanes()).iadd();
        }
    }

    private void store(int operand, Instruction value, int j) {
        code.aload(frame.arrayLocals[operand]);
        frame.position(operand, j);
        frame.push(value);
        scalar.arrayStore(body.operands.get(operand).type());
    }

    private void finish(int q) {
        code.aload(frame.lanesLocal).loadConstant(q * frame.lanes());
        code.invokestatic(LANES, body.reductions.get(q).sum() ? "sum" : "max",
                MethodTypeDesc.of(ScalarCode.descriptor(frame.laneType()), frame.laneArray(), CD_int));
        int local = code.allocateLocal(ScalarCode.kind(frame.laneType()));
        code.storeLocal(ScalarCode.kind(frame.laneType()), local);
        frame.reduced(q, local);
    }

    private void vectorLoop(int stage, int j, int end, List<Instruction> needed, List<Integer> reductions, boolean inRegisters) {
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
                vectors.splat(frame.laneType(), () -> frame.identity(q));
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
                vectors.push(store.value());
                code.aload(frame.arrayLocals[store.operand()]);
                frame.position(store.operand(), j);
                vectors.intoArray(store.value().type());
            }
        }
        for (int q : reductions) {
            boolean sum = body.reductions.get(q).sum();
            if (inRegisters) {
                // What a loop carries has no exact class for the JIT, so it is never the receiver of a call, which might be left a virtual one.
                vectors.push(body.reductions.get(q).value());
                code.aload(accumulators.get(q));
                vectors.combine(frame.laneType(), sum);
                code.astore(accumulators.get(q));
            } else {
                vectors.fromArray(frame.laneType(), () -> {
                    code.aload(frame.lanesLocal);
                    laneIndex(q, j);
                });
                vectors.push(body.reductions.get(q).value());
                vectors.combine(frame.laneType(), sum);
                code.aload(frame.lanesLocal);
                laneIndex(q, j);
                vectors.intoArray(frame.laneType());
            }
        }
        for (LoopBody.Accumulate accumulate : body.accumulates) {
            Type type = accumulate.value().type();
            vectors.fromArray(type, () -> {
                code.aload(frame.arrayLocals[accumulate.operand()]);
                frame.position(accumulate.operand(), j);
            });
            vectors.push(accumulate.value());
            vectors.combine(type, accumulate.sum());
            code.aload(frame.arrayLocals[accumulate.operand()]);
            frame.position(accumulate.operand(), j);
            vectors.intoArray(type);
        }
        code.iinc(j, vectors.lanes()).goto_(top).labelBinding(done);
        accumulators.forEach((q, local) -> {
            code.aload(local).aload(frame.lanesLocal).loadConstant(q * frame.lanes());
            vectors.intoArray(frame.laneType());
        });
    }

    /** A value from outside the innermost loop, in all lanes. */
    private void broadcast(Instruction instruction) {
        if (instruction.place() != Place.ELEMENT && !vectors.has(instruction)) {
            vectors.splat(instruction.type(), () -> frame.push(instruction));
            vectors.keep(instruction);
        }
    }

    private void defineVector(Instruction instruction, int j) {
        switch (instruction.code()) {
            case LOAD -> vectors.fromArray(instruction.type(), () -> {
                int operand = (int) instruction.payload();
                code.aload(frame.arrayLocals[operand]);
                frame.position(operand, j);
            });
            case INDEX -> vectors.indices(j);
            default -> {
                instruction.arguments().forEach(vectors::push);
                vectors.operation(instruction);
            }
        }
        vectors.keep(instruction);
    }
}
