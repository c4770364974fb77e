package org.thalweg.autodiff.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.api.tensor.DType;
import org.thalweg.autodiff.kernel.Lanes;

/**
 * One loop nest before it becomes bytecode: a domain of axes, operands with a stride for each axis, and instructions in single-assignment
 * form. An instruction's place follows from what it depends on: nothing that varies ({@link Place#KERNEL}), the outer axes
 * ({@link Place#ROW}), or the last axis too ({@link Place#ELEMENT}). Extents and strides are not part of the body's structure, so
 * one generated kernel serves all sizes.
 */
final class LoopBody {
    /** The sorts of value. INT64 holds only bits of doubles. */
    enum Type {
        FLOAT32,
        FLOAT64,
        INT32,
        INT64,
        BOOL;

        static Type of(DType dtype) {
            return valueOf(dtype.name());
        }

        boolean isFloating() {
            return this == FLOAT32 || this == FLOAT64;
        }

        /** The integers as wide as this floating-point type. */
        Type bits() {
            return this == FLOAT32 ? INT32 : INT64;
        }
    }

    /** Where an instruction is executed. */
    enum Place {
        KERNEL,
        ROW,
        ELEMENT
    }

    /** What an instruction does; those without arguments read {@link Instruction#payload}. */
    enum Code {
        /** Bits of a double. */
        CONSTANT,
        /** A whole number. */
        INTEGER,
        /** A host scalar, by its position among the kernel's. */
        SCALAR,
        /** An operand's element. */
        LOAD,
        /** The position along a domain axis. */
        INDEX,
        /** The result of a reduction over the last axis. */
        REDUCED,
        ADD,
        SUB,
        MUL,
        DIV,
        FMA,
        NEG,
        ABS,
        SQRT,
        MIN,
        MAX,
        TO_BITS,
        FROM_BITS,
        AND,
        OR,
        XOR,
        NOT,
        SHIFT_LEFT,
        SHIFT_RIGHT,
        LESS,
        LESS_OR_EQUAL,
        EQUAL,
        SELECT,
        CONVERT,
        /** x to the power of y, by the library. */
        POW
    }

    /**
     * One instruction.
     *
     * @param stage the number of passes over the last axis that must be done before it can be computed
     */
    record Instruction(int id, Code code, Type type, List<Instruction> arguments, long payload, Place place, int stage) {
        Instruction argument(int position) {
            return arguments.get(position);
        }

        /** Identity: a body never has two equal instructions, and comparing arguments would walk through the whole body. */
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return id;
        }

        @Override
        public String toString() {
            return code + " " + type + " #" + id;
        }
    }

    /**
     * An array that the loop reads or writes, from the element at {@code start} on; one stride for each domain axis. A negative number is a row of scratch memory,
     * private to a thread.
     */
    record Operand(int buffer, Type type, int[] strides, int start) {
        /** Whether both are the same elements in the same order, if their arrays are the same. */
        boolean walksLike(Operand other) {
            return start == other.start && Arrays.equals(strides, other.strides);
        }

        boolean isScratch() {
            return buffer < 0;
        }
    }

    /** What a reduction over the last axis is made of; its result is ready one stage later. */
    record Reduction(boolean sum, Instruction value) {}

    /** A value written to an operand: at every element, or at every row. */
    record Store(int operand, Instruction value) {}

    /** A value added (or maximised) into an operand that does not move along some outer axes. */
    record Accumulate(int operand, boolean sum, Instruction value) {}

    /** Instructions that are not computed again in a later pass. */
    private static final int WORTH_KEEPING = 6;

    private record Key(Code code, Type type, List<Integer> arguments, long payload) {}

    private int[] extents;
    private int[] sameArray = new int[0];
    final List<Operand> operands = new ArrayList<>();
    final List<Integer> scalars = new ArrayList<>();
    final List<Instruction> instructions = new ArrayList<>();
    final List<Reduction> reductions = new ArrayList<>();
    final List<Store> stores = new ArrayList<>();
    final List<Accumulate> accumulates = new ArrayList<>();
    private final Map<Key, Instruction> unique = new HashMap<>();
    /** What it takes to compute each instruction of the innermost loop again, up to the number that matters. */
    private final List<Integer> costs = new ArrayList<>();
    private final Map<Instruction, Instruction> keptInRow = new HashMap<>();

    LoopBody(int[] extents) {
        this.extents = extents;
    }

    int rank() {
        return extents.length;
    }

    int extent(int axis) {
        return extents[axis];
    }

    /** The number of rows: positions of all axes but the last. */
    int rows() {
        int rows = 1;
        for (int axis = 0; axis < rank() - 1; axis++) {
            rows *= extents[axis];
        }
        return rows;
    }

    /** Whether this is one loop over whole arrays. */
    boolean isFlat() {
        return rank() == 1 && reductions.isEmpty() && accumulates.isEmpty();
    }

    /** Whether the rows have fewer numbers than a reduction has lanes, so that vectors along them would be empty in part; as many rows as lanes go side by side then. */
    boolean hasShortRows() {
        if (rank() != 2 || reductions.isEmpty() || !accumulates.isEmpty()) {
            return false;
        }
        return extent(1) > 0 && extent(1) < (reductions.getFirst().value.type == Type.FLOAT32 ? Lanes.FLOATS : Lanes.DOUBLES);
    }

    /** The numbers that a row of scratch memory has. */
    int scratchLength() {
        return extent(rank() - 1) * (hasShortRows() ? Lanes.FLOATS : 1);
    }

    /** Merges neighbouring axes that every operand walks through without a gap; what is left is the fewest loops. */
    void mergeAxes() {
        int axis = rank() - 2;
        while (axis >= 0) {
            if (mergeable(axis)) {
                merge(axis);
            }
            axis--;
        }
    }

    private boolean mergeable(int axis) {
        boolean innermost = axis == rank() - 2;
        if (innermost && !reductions.isEmpty()) {
            return false;
        }
        for (Operand operand : operands) {
            if (operand.strides[axis] != operand.strides[axis + 1] * extents[axis + 1]) {
                return false;
            }
        }
        // Positions along an axis must stay what they are.
        return instructions.stream().noneMatch(i -> i.code == Code.INDEX);
    }

    private void merge(int axis) {
        int[] merged = new int[rank() - 1];
        for (int i = 0; i < merged.length; i++) {
            merged[i] = i < axis ? extents[i] : i == axis ? extents[i] * extents[i + 1] : extents[i + 1];
        }
        extents = merged;
        for (int k = 0; k < operands.size(); k++) {
            int[] strides = operands.get(k).strides;
            int[] fewer = new int[merged.length];
            for (int i = 0; i < fewer.length; i++) {
                fewer[i] = i < axis ? strides[i] : strides[i + 1];
            }
            Operand operand = operands.get(k);
            operands.set(k, new Operand(operand.buffer, operand.type, fewer, operand.start));
        }
    }

    /** The operand with these properties, added if it is new. */
    int operand(int buffer, Type type, int[] strides, int start) {
        Operand wanted = new Operand(buffer, type, strides, start);
        for (int i = 0; i < operands.size(); i++) {
            if (operands.get(i).buffer == buffer && operands.get(i).walksLike(wanted)) {
                return i;
            }
        }
        operands.add(wanted);
        return operands.size() - 1;
    }

    int operand(int buffer, Type type, int[] strides) {
        return operand(buffer, type, strides, 0);
    }

    /**
     * Says which operands are one array walked through in the same way: for each, the first such operand. The loop then holds one reference, from which
     * HotSpot sees that a value is read before it is overwritten, and not after.
     */
    void joinOperands(int[] buffersOfOperands) {
        sameArray = new int[operands.size()];
        for (int k = 0; k < sameArray.length; k++) {
            sameArray[k] = k;
            for (int first = k - 1; first >= 0; first--) {
                if (buffersOfOperands[first] == buffersOfOperands[k] && operands.get(first).walksLike(operands.get(k))) {
                    sameArray[k] = first;
                }
            }
        }
    }

    /** The first operand that is the same array, walked through in the same way. */
    int sameArray(int operand) {
        return operand < sameArray.length ? sameArray[operand] : operand;
    }

    Instruction load(int buffer, Type type, int[] strides) {
        return load(buffer, type, strides, 0);
    }

    Instruction load(int buffer, Type type, int[] strides, int start) {
        int operand = operand(buffer, type, strides, start);
        Place place = Place.KERNEL;
        for (int axis = 0; axis < strides.length; axis++) {
            if (strides[axis] != 0) {
                place = axis == strides.length - 1 ? Place.ELEMENT : Place.ROW;
            }
        }
        return leaf(Code.LOAD, type, operand, place, 0);
    }

    Instruction scalar(int hostScalar, Type type) {
        int position = scalars.indexOf(hostScalar);
        if (position < 0) {
            position = scalars.size();
            scalars.add(hostScalar);
        }
        return leaf(Code.SCALAR, type, position, Place.KERNEL, 0);
    }

    Instruction index(int axis) {
        return leaf(Code.INDEX, Type.INT32, axis, axis == rank() - 1 ? Place.ELEMENT : Place.ROW, 0);
    }

    Instruction constant(Type type, double value) {
        double rounded = type == Type.FLOAT32 ? (float) value : value;
        return leaf(Code.CONSTANT, type, Double.doubleToRawLongBits(rounded), Place.KERNEL, 0);
    }

    Instruction integer(Type type, long value) {
        return leaf(Code.INTEGER, type, value, Place.KERNEL, 0);
    }

    Instruction reduce(boolean sum, Instruction value) {
        for (int i = 0; i < reductions.size(); i++) {
            if (reductions.get(i).sum == sum && reductions.get(i).value == value) {
                return leaf(Code.REDUCED, value.type, i, Place.ROW, value.stage + 1);
            }
        }
        reductions.add(new Reduction(sum, value));
        return leaf(Code.REDUCED, value.type, reductions.size() - 1L, Place.ROW, value.stage + 1);
    }

    private Instruction leaf(Code code, Type type, long payload, Place place, int stage) {
        return unique.computeIfAbsent(new Key(code, type, List.of(), payload), key -> append(code, type, List.of(), payload, place, stage));
    }

    Instruction apply(Code code, Type type, long payload, Instruction... operands) {
        int stage = 0;
        for (Instruction operand : operands) {
            stage = Math.max(stage, operand.stage);
        }
        List<Instruction> arguments = new ArrayList<>();
        List<Integer> ids = new ArrayList<>();
        Place place = Place.KERNEL;
        for (Instruction operand : operands) {
            Instruction argument = inPass(stage, operand);
            arguments.add(argument);
            ids.add(argument.id);
            place = argument.place.compareTo(place) > 0 ? argument.place : place;
        }
        Place latest = place;
        int ready = stage;
        return unique.computeIfAbsent(
                new Key(code, type, ids, payload), key -> append(code, type, List.copyOf(arguments), payload, latest, ready));
    }

    /**
     * A value as a pass sees it. Where an earlier pass could compute it at some cost, that pass leaves it in a row of scratch memory, which stays in the
     * first-level cache: so a softmax calls exp once for each element, not once for its sum and once for its result.
     */
    private Instruction inPass(int stage, Instruction value) {
        if (value.place != Place.ELEMENT || value.stage >= stage || !value.type.isFloating() || costs.get(value.id) < WORTH_KEEPING) {
            return value;
        }
        return keptInRow.computeIfAbsent(value, v -> {
            int[] strides = new int[rank()];
            strides[rank() - 1] = 1;
            int operand = operand(-1 - keptInRow.size(), v.type, strides);
            stores.add(new Store(operand, v));
            return leaf(Code.LOAD, v.type, operand, Place.ELEMENT, v.stage + 1);
        });
    }

    private Instruction append(Code code, Type type, List<Instruction> arguments, long payload, Place place, int stage) {
        Instruction instruction = new Instruction(instructions.size(), code, type, arguments, payload, place, stage);
        instructions.add(instruction);
        int cost = code == Code.LOAD || code == Code.CONSTANT || code == Code.INTEGER ? 0 : code == Code.DIV || code == Code.SQRT ? 4 : 1;
        for (Instruction argument : arguments) {
            cost += argument.place == Place.ELEMENT ? costs.get(argument.id) : 0;
        }
        costs.add(Math.min(cost, WORTH_KEEPING));
        return instruction;
    }

    /** The number of passes over the last axis. */
    int stages() {
        int last = 0;
        for (Store store : stores) {
            last = Math.max(last, store.value.stage);
        }
        for (Reduction reduction : reductions) {
            last = Math.max(last, reduction.value.stage);
        }
        return last + 1;
    }

    /** Whether a value is written at every element, not at every row. */
    boolean isElementStore(Store store) {
        return operands.get(store.operand).strides[rank() - 1] != 0;
    }

    /** The instructions of the innermost loop that the results of one pass need, in order. */
    List<Instruction> elementInstructions(int stage) {
        boolean[] marked = new boolean[instructions.size()];
        reductions.stream().filter(r -> r.value.stage == stage).forEach(r -> marked[r.value.id] = true);
        stores.stream().filter(s -> isElementStore(s) && s.value.stage == stage).forEach(s -> marked[s.value.id] = true);
        accumulates.stream().filter(a -> a.value.stage == stage).forEach(a -> marked[a.value.id] = true);
        List<Instruction> found = new ArrayList<>();
        for (int id = marked.length - 1; id >= 0; id--) {
            Instruction instruction = instructions.get(id);
            if (marked[id] && instruction.place == Place.ELEMENT) {
                found.add(instruction);
                instruction.arguments.forEach(argument -> marked[argument.id] = true);
            }
        }
        return found.reversed();
    }

    /** Whether an array is read in a pass after the given one. */
    boolean isReadAfter(int stage, int buffer) {
        for (int later = stage + 1; later < stages(); later++) {
            if (elementInstructions(later).stream()
                    .anyMatch(i -> i.code == Code.LOAD && operands.get((int) i.payload).buffer == buffer)) {
                return true;
            }
        }
        return false;
    }

    /** Everything that decides about the bytecode, as text: equal texts share a kernel. */
    String structure() {
        StringBuilder text = new StringBuilder().append(rank());
        for (int k = 0; k < operands.size(); k++) {
            text.append(operands.get(k).start == 0 ? 'o' : 'p').append(operands.get(k).type.ordinal()).append('@').append(sameArray(k)).append(':');
            for (int stride : operands.get(k).strides) {
                text.append(stride == 0 ? '0' : '1');
            }
        }
        for (Instruction i : instructions) {
            text.append(';').append(i.code.ordinal()).append(':').append(i.type.ordinal()).append(':').append(i.payload);
            if (i.code == Code.LOAD && i.stage > 0) {
                text.append('@').append(i.stage);
            }
            for (Instruction argument : i.arguments) {
                text.append(',').append(argument.id);
            }
        }
        reductions.forEach(r -> text.append('r').append(r.sum ? '+' : 'm').append(r.value.id));
        stores.forEach(s -> text.append('s').append(s.operand).append('=').append(s.value.id));
        accumulates.forEach(a -> text.append('a').append(a.operand).append(a.sum ? '+' : 'm').append(a.value.id));
        return text.toString();
    }
}
