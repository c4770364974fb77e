package org.thalweg.autodiff.compile;

import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Op;
import org.thalweg.autodiff.kernel.Gemm;
import org.thalweg.autodiff.kernel.WorkerPool;

/** A matrix product, or a batch of them, in parts where it is large. */
final class GemmStep implements Step {
    /** Multiply-adds of a part: less is not worth waking a thread for. */
    private static final long PART_WORK = 400_000;
    private static final int MOST_PARTS = 16;

    private final Gemm gemm;
    private final DType dtype;
    private final boolean transposeA;
    private final boolean transposeB;
    private final int a;
    private final int b;
    private final int c;
    private final int m;
    private final int n;
    private final int k;
    private final int batch;
    private final int columnParts;
    private final int partColumns;
    private final int rowParts;
    private final int partRows;
    private final WorkerPool.Task task = this::part;
    private Memory current;

    GemmStep(Expression node, Gemm gemm, int a, int b, int c) {
        Op.MatMul product = (Op.MatMul) node.op();
        this.gemm = gemm;
        this.dtype = node.dtype();
        this.transposeA = product.transposeA();
        this.transposeB = product.transposeB();
        this.a = a;
        this.b = b;
        this.c = c;
        Shape shape = node.shape();
        this.m = shape.extent(-2);
        this.n = shape.extent(-1);
        this.k = node.input(0).shape().extent(transposeA ? -2 : -1);
        this.batch = (int) shape.sub(0, shape.rank() - 2).size();
        long wanted = Math.min(MOST_PARTS, (long) m * n * k / PART_WORK);
        // Packing a transposed B is paid once for each part of the rows, so its columns are split first.
        int panels = (n + gemm.panelWidth() - 1) / gemm.panelWidth();
        long columns = transposeB ? Math.min(wanted, panels) : 1;
        this.partColumns = columns <= 1 ? n : (int) ((panels + columns - 1) / columns) * gemm.panelWidth();
        this.columnParts = n == 0 ? 0 : (n + partColumns - 1) / partColumns;
        long rows = Math.max(1, wanted / Math.max(1, columnParts));
        int tiles = (m + gemm.tileRows() - 1) / gemm.tileRows();
        this.partRows = rows <= 1 ? m : (int) ((tiles + rows - 1) / rows) * gemm.tileRows();
        this.rowParts = m == 0 ? 0 : (m + partRows - 1) / partRows;
    }

    @Override
    public void run(Memory memory) {
        current = memory;
        memory.pool.run(batch * rowParts * columnParts, task);
    }

    private void part(int part, int worker) {
        int column = part % columnParts * partColumns;
        int row = part / columnParts % rowParts * partRows;
        int product = part / columnParts / rowParts;
        Memory memory = current;
        gemm.multiply(transposeA, transposeB, row, Math.min(m, row + partRows), column, Math.min(n, column + partColumns), k,
                memory.buffers[a], product * m * k, transposeA ? m : k,
                memory.buffers[b], product * k * n, transposeB ? k : n,
                memory.buffers[c], product * m * n, n, false, memory.workspace(dtype, worker));
    }

    @Override
    public int[] reads() {
        return new int[] {a, b};
    }

    @Override
    public int[] writes() {
        return new int[] {c};
    }
}
