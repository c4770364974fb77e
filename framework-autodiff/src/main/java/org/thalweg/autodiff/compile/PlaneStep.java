package org.thalweg.autodiff.compile;

import java.util.Arrays;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.kernel.WorkerPool;

/** Picks elements of each plane of a batch by number, or adds elements where numbers say; the planes are shared among threads. */
final class PlaneStep implements Step {
    private static final int PARTS_PER_THREAD = 4;

    private final boolean scatter;
    private final int planes;
    private final int elements;
    private final int positions;
    private final int source;
    private final int numbers;
    private final int target;
    private final int parts;
    private final WorkerPool.Task task = this::part;
    private Memory current;

    /** From [n, c, spatial...] to [n, c, positions...], or back. */
    PlaneStep(Expression node, boolean scatter, int source, int numbers, int target, int threads) {
        this.scatter = scatter;
        this.planes = node.shape().extent(0) * node.shape().extent(1);
        Expression whole = scatter ? node : node.input(0);
        this.elements = (int) whole.shape().sub(2, whole.shape().rank()).size();
        this.positions = (int) node.input(1).shape().sub(2, node.input(1).shape().rank()).size();
        this.source = source;
        this.numbers = numbers;
        this.target = target;
        this.parts = Math.min(planes, PARTS_PER_THREAD * threads);
    }

    @Override
    public void run(Memory memory) {
        current = memory;
        memory.pool.run(parts, task);
    }

    private void part(int part, int worker) {
        int from = (int) ((long) part * planes / parts);
        int to = (int) ((part + 1L) * planes / parts);
        int[] picked = (int[]) current.buffers[numbers];
        switch (current.buffers[source]) {
            case float[] x when scatter -> add(x, picked, (float[]) current.buffers[target], from, to);
            case float[] x -> pick(x, picked, (float[]) current.buffers[target], from, to);
            case double[] x when scatter -> add(x, picked, (double[]) current.buffers[target], from, to);
            case double[] x -> pick(x, picked, (double[]) current.buffers[target], from, to);
            default -> throw new IllegalStateException();
        }
    }

    private void pick(float[] x, int[] picked, float[] y, int from, int to) {
        for (int plane = from; plane < to; plane++) {
            for (int i = plane * positions; i < (plane + 1) * positions; i++) {
                y[i] = x[plane * elements + picked[i]];
            }
        }
    }

    private void pick(double[] x, int[] picked, double[] y, int from, int to) {
        for (int plane = from; plane < to; plane++) {
            for (int i = plane * positions; i < (plane + 1) * positions; i++) {
                y[i] = x[plane * elements + picked[i]];
            }
        }
    }

    private void add(float[] x, int[] picked, float[] y, int from, int to) {
        Arrays.fill(y, from * elements, to * elements, 0);
        for (int plane = from; plane < to; plane++) {
            for (int i = plane * positions; i < (plane + 1) * positions; i++) {
                y[plane * elements + picked[i]] += x[i];
            }
        }
    }

    private void add(double[] x, int[] picked, double[] y, int from, int to) {
        Arrays.fill(y, from * elements, to * elements, 0);
        for (int plane = from; plane < to; plane++) {
            for (int i = plane * positions; i < (plane + 1) * positions; i++) {
                y[plane * elements + picked[i]] += x[i];
            }
        }
    }

    @Override
    public int[] reads() {
        return new int[] {source, numbers};
    }

    @Override
    public int[] writes() {
        return new int[] {target};
    }
}
