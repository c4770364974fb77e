package org.thalweg.autodiff.compile;

import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Op;
import org.thalweg.autodiff.kernel.Philox;
import org.thalweg.autodiff.kernel.WorkerPool;

/** Fills an array with uniform random numbers. */
final class RandomStep implements Step {
    private static final int PART = 16_384;

    private final int target;
    private final long stream;
    private final int size;
    private final WorkerPool.Task task = this::part;
    private Memory current;

    RandomStep(Expression node, int target) {
        this.target = target;
        this.stream = ((Op.Random) node.op()).stream();
        this.size = (int) node.shape().size();
    }

    @Override
    public void run(Memory memory) {
        current = memory;
        memory.pool.run((size + PART - 1) / PART, task);
    }

    private void part(int part, int worker) {
        Memory memory = current;
        int from = part * PART;
        int to = Math.min(size, from + PART);
        if (memory.buffers[target] instanceof float[] floats) {
            Philox.fill(floats, from, to, memory.seed, stream, memory.step);
        } else {
            Philox.fill((double[]) memory.buffers[target], from, to, memory.seed, stream, memory.step);
        }
    }

    @Override
    public int[] reads() {
        return new int[0];
    }

    @Override
    public int[] writes() {
        return new int[] {target};
    }
}
