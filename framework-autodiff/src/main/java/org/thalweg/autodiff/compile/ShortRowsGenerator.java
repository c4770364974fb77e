package org.thalweg.autodiff.compile;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.thalweg.autodiff.compile.LoopBody.Code;
import org.thalweg.autodiff.compile.LoopBody.Instruction;
import org.thalweg.autodiff.compile.LoopBody.Place;
import org.thalweg.autodiff.compile.LoopBody.Type;

/**
 * Turns a loop body whose rows are too short for vectors, as the outputs of a classifier are, into a {@link LoopKernel} in which as many rows as a vector has lanes go
 * side by side, each in a lane of its own: what was computed once for each row in scalar code is a vector operation too. The numbers of a row meet in the order of
 * {@link org.thalweg.autodiff.kernel.Lanes}, so the bits are those of the scalar loop. Only whole blocks of rows are computed.
 *
 * <p>A block is turned around as it is read, and turned back as it is written: {@link Block}.
 */
final class ShortRowsGenerator {
    private static final ClassDesc BLOCK = Block.class.describeConstable().orElseThrow();
    private static final ClassDesc INTEGER = ClassDesc.of("java.lang.Integer");

    private final LoopBody body;
    private final VectorCode vectors;
    private final LoopFrame frame;
    private final CodeBuilder code;
    private int row;
    private int columns;
    private int one;

    private ShortRowsGenerator(LoopBody body, VectorCode vectors, CodeBuilder code) {
        this.body = body;
        this.vectors = vectors;
        this.code = code;
        this.frame = new LoopFrame(body, code);
    }

    static byte[] generate(LoopBody body, VectorCode vectors) {
        return LoopFrame.classFile(code -> new ShortRowsGenerator(body, vectors, code).method());
    }

    private void method() {
        vectors.use(code);
        columns = code.allocateLocal(TypeKind.INT);
        frame.extent(1);
        code.istore(columns);
        one = code.allocateLocal(TypeKind.INT);
        code.iconst_1().istore(one);
        for (Instruction instruction : body.instructions) {
            if (instruction.place() != Place.KERNEL) {
                instruction.arguments().forEach(this::broadcast);
            }
        }
        body.stores.forEach(store -> broadcast(store.value()));
        body.reductions.forEach(reduction -> broadcast(reduction.value()));
        row = code.allocateLocal(TypeKind.INT);
        frame.axisLocals[0] = row;
        code.iload(LoopFrame.FROM).istore(row);
        loop(() -> code.iload(row).iload(LoopFrame.TO), () -> {
            block();
            code.iinc(row, vectors.lanes());
        });
        code.return_();
    }

    /** A value of the whole kernel, in all lanes. */
    private void broadcast(Instruction instruction) {
        if (instruction.place() == Place.KERNEL && !vectors.has(instruction)) {
            vectors.splat(instruction.type(), () -> frame.push(instruction));
            vectors.keep(instruction);
        }
    }

    private void block() {
        frame.rowOffsets();
        body.instructions.stream().filter(i -> i.code() == Code.LOAD).mapToInt(i -> (int) i.payload()).filter(this::isTurned).distinct()
                .forEach(operand -> turn("read", operand));
        int stages = body.stages();
        for (int stage = 0; stage < stages; stage++) {
            rowInstructions(stage);
            if (frame.hasPass(stage)) {
                pass(stage);
            }
        }
        rowInstructions(stages);
        for (LoopBody.Store store : body.stores) {
            if (!body.isElementStore(store)) {
                store(store, -1);
            }
        }
        body.stores.stream().mapToInt(LoopBody.Store::operand).filter(this::isTurned).distinct().forEach(operand -> turn("write", operand));
    }

    /** Whether an operand has a number for each row of a block. */
    private boolean isTurned(int operand) {
        return frame.movesAlongRows(operand);
    }

    private void turn(String method, int operand) {
        Type type = body.operands.get(operand).type();
        ClassDesc array = ScalarCode.descriptor(type).arrayType();
        code.aload(frame.arrayLocals[operand]);
        frame.position(operand, -1);
        frame.stride(operand, 0);
        code.iload(body.operands.get(operand).strides()[1] == 0 ? one : columns).loadConstant(vectors.lanes());
        block(type);
        code.loadConstant(operand * Block.LENGTH);
        code.invokestatic(BLOCK, method, MethodTypeDesc.of(CD_void, array, CD_int, CD_int, CD_int, CD_int, array, CD_int));
    }

    private void block(Type type) {
        code.aload(LoopFrame.SCRATCH_OBJECT).getfield(LoopFrame.SCRATCH, "block", BLOCK)
                .getfield(BLOCK, Block.field(type), ScalarCode.descriptor(type).arrayType());
    }

    private void rowInstructions(int stage) {
        for (Instruction instruction : body.instructions) {
            if (instruction.place() == Place.ROW && instruction.stage() == stage && instruction.code() != Code.REDUCED) {
                define(instruction, -1);
            }
        }
    }

    private void pass(int stage) {
        List<Instruction> needed = body.elementInstructions(stage);
        List<Integer> reductions = IntStream.range(0, body.reductions.size())
                .filter(q -> body.reductions.get(q).value().stage() == stage).boxed().toList();
        count(columns, j -> {
            needed.forEach(instruction -> define(instruction, j));
            for (LoopBody.Store store : body.stores) {
                if (body.isElementStore(store) && store.value().stage() == stage) {
                    store(store, j);
                }
            }
            for (int q : reductions) {
                vectors.splat(frame.laneType(), () -> frame.identity(q));
                vectors.push(body.reductions.get(q).value());
                vectors.combine(frame.laneType(), body.reductions.get(q).sum());
                code.aload(frame.lanesLocal);
                lane(q, () -> code.iload(j));
                vectors.intoArray(frame.laneType());
            }
        });
        reductions.forEach(this::finish);
    }

    /** The index of the vector that holds one lane of a reduction for each row. */
    private void lane(int q, Runnable lane) {
        lane.run();
        code.loadConstant(q * frame.lanes()).iadd().loadConstant(vectors.lanes()).imul();
    }

    /** Fills the lanes up to a power of two, and adds the upper half of them to the lower until one is left; what would be added before are identities. */
    private void finish(int q) {
        Type type = frame.laneType();
        int half = code.allocateLocal(TypeKind.INT);
        int i = code.allocateLocal(TypeKind.INT);
        code.iload(columns).iconst_1().isub().invokestatic(INTEGER, "highestOneBit",
                MethodTypeDesc.of(CD_int, CD_int)).istore(half);
        code.iload(columns).istore(i);
        loop(() -> code.iload(i).iload(half).iconst_2().imul(), () -> {
            vectors.splat(type, () -> frame.identity(q));
            code.aload(frame.lanesLocal);
            lane(q, () -> code.iload(i));
            vectors.intoArray(type);
            code.iinc(i, 1);
        });
        loop(() -> code.iconst_0().iload(half), () -> {
            count(half, n -> {
                vectors.fromArray(type, () -> {
                    code.aload(frame.lanesLocal);
                    lane(q, () -> code.iload(n));
                });
                vectors.fromArray(type, () -> {
                    code.aload(frame.lanesLocal);
                    lane(q, () -> code.iload(n).iload(half).iadd());
                });
                vectors.combine(type, body.reductions.get(q).sum());
                code.aload(frame.lanesLocal);
                lane(q, () -> code.iload(n));
                vectors.intoArray(type);
            });
            code.iload(half).iconst_1().ishr().istore(half);
        });
        for (Instruction instruction : body.instructions) {
            if (instruction.code() == Code.REDUCED && instruction.payload() == q) {
                vectors.fromArray(type, () -> {
                    code.aload(frame.lanesLocal);
                    lane(q, code::iconst_0);
                });
                vectors.keep(instruction);
            }
        }
    }

    /** Computes an instruction for a block of rows; j is -1 outside the innermost loop. */
    private void define(Instruction instruction, int j) {
        switch (instruction.code()) {
            case LOAD -> load((int) instruction.payload(), instruction.type(), j);
            case INDEX -> {
                if (instruction.payload() == 0) {
                    vectors.indices(row);
                } else {
                    vectors.splat(Type.INT32, () -> code.iload(j));
                }
            }
            default -> {
                instruction.arguments().forEach(vectors::push);
                vectors.operation(instruction);
            }
        }
        vectors.keep(instruction);
    }

    private void load(int operand, Type type, int j) {
        if (body.operands.get(operand).isScratch()) {
            vectors.fromArray(type, () -> scratchElement(operand, j));
        } else if (isTurned(operand)) {
            vectors.fromArray(type, () -> turnedElement(operand, type, j));
        } else {
            vectors.splat(type, () -> {
                code.aload(frame.arrayLocals[operand]);
                frame.position(operand, j);
                frame.scalar.arrayLoad(type);
            });
        }
    }

    private void store(LoopBody.Store store, int j) {
        vectors.push(store.value());
        if (body.operands.get(store.operand()).isScratch()) {
            scratchElement(store.operand(), j);
            vectors.intoArray(store.value().type());
        } else {
            turnedElement(store.operand(), store.value().type(), j);
            vectors.intoArray(store.value().type());
        }
    }

    private void turnedElement(int operand, Type type, int j) {
        block(type);
        code.loadConstant(operand * Block.LENGTH);
        if (j >= 0 && body.operands.get(operand).strides()[1] != 0) {
            code.iload(j).loadConstant(vectors.lanes()).imul().iadd();
        }
    }

    /** In scratch memory, the numbers of all rows of a block lie side by side. */
    private void scratchElement(int operand, int j) {
        code.aload(frame.arrayLocals[operand]).iload(j).loadConstant(vectors.lanes()).imul();
    }

    /** Goes on while the first of the two pushed numbers is the smaller one. */
    private void loop(Runnable pushBoth, Runnable inside) {
        Label top = code.newLabel();
        Label done = code.newLabel();
        code.labelBinding(top);
        pushBoth.run();
        code.if_icmpge(done);
        inside.run();
        code.goto_(top).labelBinding(done);
    }

    /** From 0 to what a local holds. */
    private void count(int end, IntConsumer inside) {
        int i = code.allocateLocal(TypeKind.INT);
        code.iconst_0().istore(i);
        loop(() -> code.iload(i).iload(end), () -> {
            inside.accept(i);
            code.iinc(i, 1);
        });
    }
}
