package org.thalweg.autodiff.compile;

import java.util.Arrays;
import org.thalweg.api.data.DataException;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Op;

/** Picks rows by number, or adds rows where numbers say. */
final class RowsStep implements Step {
    private final Expression node;
    private final boolean scatter;
    private final int rows;
    private final int inner;
    private final int count;
    private final int values;
    private final int indices;
    private final int target;

    RowsStep(Expression node, int values, int indices, int target) {
        this.node = node;
        this.scatter = node.op() instanceof Op.ScatterAdd;
        Expression table = scatter ? node : node.input(0);
        this.rows = table.shape().extent(0);
        this.inner = (int) table.shape().without(0).size();
        this.count = (int) node.input(1).shape().size();
        this.values = values;
        this.indices = indices;
        this.target = target;
    }

    @Override
    public void run(Memory memory) {
        int[] numbers = (int[]) memory.buffers[indices];
        Object from = memory.buffers[values];
        Object to = memory.buffers[target];
        if (scatter) {
            switch (to) {
                case float[] y -> Arrays.fill(y, 0, rows * inner, 0);
                case double[] y -> Arrays.fill(y, 0, rows * inner, 0);
                default -> Arrays.fill((int[]) to, 0, rows * inner, 0);
            }
        }
        for (int i = 0; i < count; i++) {
            int row = numbers[i];
            if (row < 0 || row >= rows) {
                throw new DataException((node.origin().isEmpty() ? "" : "'" + node.origin() + "': ") + "there is no row " + row + " in a table of " + rows
                        + " (0 to " + (rows - 1) + "): correct the data, or make the table larger");
            }
            if (scatter) {
                add(from, i * inner, to, row * inner);
            } else {
                System.arraycopy(from, row * inner, to, i * inner, inner);
            }
        }
    }

    private void add(Object from, int at, Object to, int into) {
        switch (from) {
            case float[] x -> {
                float[] y = (float[]) to;
                for (int i = 0; i < inner; i++) {
                    y[into + i] += x[at + i];
                }
            }
            case double[] x -> {
                double[] y = (double[]) to;
                for (int i = 0; i < inner; i++) {
                    y[into + i] += x[at + i];
                }
            }
            default -> {
                int[] x = (int[]) from;
                int[] y = (int[]) to;
                for (int i = 0; i < inner; i++) {
                    y[into + i] += x[at + i];
                }
            }
        }
    }

    @Override
    public int[] reads() {
        return new int[] {values, indices};
    }

    @Override
    public int[] writes() {
        return new int[] {target};
    }
}
