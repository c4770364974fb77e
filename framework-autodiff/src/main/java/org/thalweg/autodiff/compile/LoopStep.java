package org.thalweg.autodiff.compile;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.thalweg.autodiff.kernel.WorkerPool;

/** Runs a generated loop nest, in parts where it is long. */
final class LoopStep implements Step {
    /** Parts of flat loops and of columns begin at whole cache lines. */
    private static final int ALIGNMENT = 64;
    /** About ten microseconds of work: less is not worth waking a thread for. */
    private static final long PART_WORK = 60_000;
    /** More parts than threads, so that a thread that comes late finds less to do. No bit depends on it. */
    private static final int PARTS_PER_THREAD = 4;

    private final LoopKernel kernel;
    /** For each thread, since rows of scratch memory are its own. */
    private final int[][] slots;
    private final int[] scalarSlots;
    private final int[] geometry;
    private final int units;
    private final int parts;
    private final int partUnits;
    private final int[] accumulators;
    private final float[] identities;
    private final int[] accumulatorSizes;
    private final int[] reads;
    private final int[] writes;
    private final WorkerPool.Task task = this::part;
    private Memory current;

    LoopStep(LoopKernel kernel, LoopBody body, int[][] slots, int[] sizes) {
        int threads = slots.length;
        int[] shared = slots[0];
        this.kernel = kernel;
        this.slots = slots;
        this.scalarSlots = body.scalars.stream().mapToInt(Integer::intValue).toArray();
        int rank = body.rank();
        this.geometry = new int[rank * (1 + shared.length) + shared.length];
        for (int axis = 0; axis < rank; axis++) {
            geometry[axis] = body.extent(axis);
            for (int k = 0; k < shared.length; k++) {
                geometry[rank * (1 + k) + axis] = body.operands.get(k).strides()[axis];
            }
        }
        for (int k = 0; k < shared.length; k++) {
            geometry[rank * (1 + shared.length) + k] = body.operands.get(k).start();
        }
        boolean columns = !body.accumulates.isEmpty();
        int last = body.extent(rank - 1);
        this.units = body.isFlat() || columns ? last : body.rows();
        long perElement = 1 + body.instructions.stream().filter(i -> i.place() == LoopBody.Place.ELEMENT).count() / 4;
        long perUnit = perElement * (body.isFlat() ? 1 : columns ? body.rows() : Math.max(1, last));
        boolean aligned = body.isFlat() || columns;
        int wanted = (int) Math.max(1, Math.min(threads == 1 ? 1 : PARTS_PER_THREAD * threads, units * perUnit / PART_WORK));
        int size = Math.max(1, (units + wanted - 1) / wanted);
        this.partUnits = aligned ? (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT : size;
        this.parts = units == 0 ? 0 : (units + partUnits - 1) / partUnits;
        this.accumulators = body.accumulates.stream().mapToInt(a -> shared[a.operand()]).toArray();
        this.identities = new float[accumulators.length];
        this.accumulatorSizes = new int[accumulators.length];
        for (int a = 0; a < accumulators.length; a++) {
            identities[a] = body.accumulates.get(a).sum() ? 0 : Float.NEGATIVE_INFINITY;
            accumulatorSizes[a] = sizes[body.accumulates.get(a).operand()];
        }
        int[] stored = IntStream.concat(body.stores.stream().mapToInt(LoopBody.Store::operand),
                body.accumulates.stream().mapToInt(LoopBody.Accumulate::operand)).toArray();
        this.writes = Arrays.stream(stored).filter(operand -> !body.operands.get(operand).isScratch()).map(operand -> shared[operand]).toArray();
        this.reads = body.instructions.stream().filter(i -> i.code() == LoopBody.Code.LOAD)
                .mapToInt(i -> (int) i.payload()).filter(operand -> !body.operands.get(operand).isScratch()).map(operand -> shared[operand])
                .toArray();
    }

    @Override
    public void run(Memory memory) {
        for (int a = 0; a < accumulators.length; a++) {
            if (memory.buffers[accumulators[a]] instanceof float[] floats) {
                Arrays.fill(floats, 0, accumulatorSizes[a], identities[a]);
            } else {
                Arrays.fill((double[]) memory.buffers[accumulators[a]], 0, accumulatorSizes[a], identities[a]);
            }
        }
        if (parts == 1) {
            kernel.run(memory.buffers, slots[0], memory.scalars, scalarSlots, geometry, memory.scratch[0], 0, units);
        } else {
            current = memory;
            memory.pool.run(parts, task);
        }
    }

    private void part(int part, int worker) {
        int from = part * partUnits;
        units(current, from, Math.min(units, from + partUnits), worker);
    }

    /** A range of rows, or of elements where the loop is flat. */
    void units(Memory memory, int from, int to, int worker) {
        kernel.run(memory.buffers, slots[worker], memory.scalars, scalarSlots, geometry, memory.scratch[worker], from, to);
    }

    int unitCount() {
        return units;
    }

    @Override
    public int[] reads() {
        return reads;
    }

    @Override
    public int[] writes() {
        return writes;
    }
}
