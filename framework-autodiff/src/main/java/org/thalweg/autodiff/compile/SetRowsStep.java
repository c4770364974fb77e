package org.thalweg.autodiff.compile;

import org.thalweg.autodiff.graph.Expression;

/** Replaces rows by number; in place it touches no others. */
final class SetRowsStep implements Step {
    private final Expression node;
    private final int size;
    private final int inner;
    private final int count;
    private final int table;
    private final int values;
    private final int indices;
    private final int target;

    SetRowsStep(Expression node, int table, int values, int indices, int target) {
        this.node = node;
        this.size = (int) node.shape().size();
        this.inner = (int) node.shape().without(0).size();
        this.count = (int) node.input(2).shape().size();
        this.table = table;
        this.values = values;
        this.indices = indices;
        this.target = target;
    }

    @Override
    public void run(Memory memory) {
        int[] numbers = (int[]) memory.buffers[indices];
        Object to = memory.buffers[target];
        if (table != target) {
            System.arraycopy(memory.buffers[table], 0, to, 0, size);
        }
        int rows = node.shape().extent(0);
        for (int i = 0; i < count; i++) {
            int row = numbers[i];
            if (row < 0 || row >= rows) {
                throw new IndexOutOfBoundsException(node + ": row " + row + " does not exist; there are " + rows);
            }
            System.arraycopy(memory.buffers[values], i * inner, to, row * inner, inner);
        }
    }

    @Override
    public int[] reads() {
        return new int[] {table, values, indices};
    }

    @Override
    public int[] writes() {
        return new int[] {target};
    }
}
