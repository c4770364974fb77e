package org.thalweg.autodiff.compile;

import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Op;
import org.thalweg.autodiff.kernel.Gemm;
import org.thalweg.autodiff.kernel.WorkerPool;

/**
 * A matrix product, or a batch of them, in parts where it is large. B is packed as a whole before the parts are multiplied where that pays; a
 * {@link PackStep} does it where several products have the same B.
 */
final class GemmStep implements ProductStep {
    /** Multiply-adds of a part: less is not worth waking a thread for. */
    private static final long PART_WORK = 200_000;
    private static final int PARTS_PER_THREAD = 4;
    /** Multiply-adds of a product that is worth a second step. */
    private static final long LEAST_PACKED = 20_000;

    private final TieredGemm products;
    private final DType dtype;
    private final boolean transposeA;
    private final boolean transposeB;
    private final Matrix a;
    private final Matrix b;
    private final int c;
    private final int m;
    private final int n;
    private final int k;
    private final int batch;
    private final int batchParts;
    private final int columnParts;
    private final int partColumns;
    private final int rowParts;
    private final int partRows;
    private final WorkerPool.Task task = this::part;
    private final PackStep packing;
    private final boolean packsItself;
    private Memory current;

    /** Matrices in an array, one after the other: the first begins at {@code start}, and their rows are {@code row} elements apart. */
    record Matrix(int buffer, int start, int row) {}

    /** A step; {@code shared} packs B for this step and others, or is null. */
    GemmStep(Expression node, KernelCache kernels, Matrix a, Matrix b, int c, int threads, PackStep shared) {
        Op.MatMul product = (Op.MatMul) node.op();
        this.dtype = node.dtype();
        Gemm gemm = kernels.best(dtype);
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
        this.batchParts = Math.min(batch, PARTS_PER_THREAD * threads);
        this.packsItself = shared == null && batch == 1 && (long) m * n * k >= LEAST_PACKED && gemm.prefersPacked(transposeA, transposeB, m, k);
        this.products = products(node, kernels, packsItself || shared != null);
        this.packing = packsItself ? new PackStep(node, products, b, threads, false) : shared;
        long wanted = Math.min(threads == 1 || batch >= threads ? 1 : PARTS_PER_THREAD * threads, (long) m * n * k / PART_WORK);
        int panels = (n + gemm.panelWidth() - 1) / gemm.panelWidth();
        // A panel of B stays in the first-level cache for all rows, so columns are split first; but each part copies the rows of a transposed A that it needs.
        boolean byColumns = packing != null ? !transposeA : transposeB;
        if (packing == null && transposeB && wanted > 1) {
            // Packing B is paid once for each part of the rows, so its columns are split first, and its rows only for idle threads.
            wanted = panels >= threads ? Math.min(wanted, panels) : threads;
        }
        long columns = byColumns ? Math.min(wanted, panels) : 1;
        this.partColumns = columns <= 1 ? n : (int) ((panels + columns - 1) / columns) * gemm.panelWidth();
        this.columnParts = n == 0 ? 0 : (n + partColumns - 1) / partColumns;
        long rows = Math.max(1, (wanted + columnParts - 1) / Math.max(1, columnParts));
        int tile = packing != null && transposeA ? gemm.chunkRows() : gemm.tileRows();
        int tiles = (m + tile - 1) / tile;
        this.partRows = rows <= 1 ? m : (int) ((tiles + rows - 1) / rows) * tile;
        this.rowParts = m == 0 ? 0 : (m + partRows - 1) / partRows;
    }

    /** The kernels for a product whose second factor is packed as a whole, or not. */
    static TieredGemm products(Expression node, KernelCache kernels, boolean packed) {
        Op.MatMul product = (Op.MatMul) node.op();
        Shape shape = node.shape();
        return kernels.gemm(node.dtype(), kernels.best(node.dtype())
                .kernels(product.transposeA(), product.transposeB(), shape.extent(-2), shape.extent(-1), packed));
    }

    @Override
    public void run(Memory memory) {
        prepare(memory);
        current = memory;
        memory.pool.run(batchParts * rowParts * columnParts, task);
    }

    /** The numbers that B takes where it is packed for this step alone. */
    long packedLength() {
        return packsItself ? packing.sharedLength() : 0;
    }

    @Override
    public void prepare(Memory memory) {
        if (packsItself) {
            packing.run(memory);
        }
    }

    private void part(int part, int worker) {
        int column = part % columnParts * partColumns;
        int row = part / columnParts % rowParts * partRows;
        int group = part / columnParts / rowParts;
        int end = (int) ((group + 1L) * batch / batchParts);
        for (int product = (int) ((long) group * batch / batchParts); product < end; product++) {
            multiply(current, product, row, Math.min(m, row + partRows), column, Math.min(n, column + partColumns), worker);
        }
    }

    private void multiply(Memory memory, int product, int fromRow, int toRow, int fromColumn, int toColumn, int worker) {
        // Where several products share what is packed, it may be there before this one's kernels are ready.
        if (packing != null && packing.packedBy() != null && packing.packedBy() == products.current()) {
            packing.packedBy().multiplyPacked(transposeA, fromRow, toRow, fromColumn, toColumn, n, k, memory.buffers[a.buffer], a.start, a.row,
                    packing.packed(memory), memory.buffers[c], 0, n, memory.workspace(dtype, worker));
            return;
        }
        products.current().multiply(transposeA, transposeB, fromRow, toRow, fromColumn, toColumn, k,
                memory.buffers[a.buffer], a.start + product * m * k, a.row,
                memory.buffers[b.buffer], b.start + product * k * n, b.row,
                memory.buffers[c], product * m * n, n, false, memory.workspace(dtype, worker));
    }

    @Override
    public void rows(Memory memory, int from, int to, int worker) {
        multiply(memory, 0, from, to, 0, n, worker);
    }

    @Override
    public int rowCount() {
        return m;
    }

    @Override
    public int columnCount() {
        return n;
    }

    /** Whole tiles; where each part packs B, there are only as many as threads. */
    @Override
    public int rowsOfPart(int threads) {
        long work = (long) m * n * k / PART_WORK;
        long parts = threads == 1 ? 1 : Math.max(1, Math.min(work, packing == null && transposeB ? threads : PARTS_PER_THREAD * threads));
        int tile = products.best().tileRows();
        int tiles = (m + tile - 1) / tile;
        return Math.max(1, (int) ((tiles + parts - 1) / parts) * tile);
    }

    @Override
    public int[] reads() {
        return new int[] {a.buffer, b.buffer};
    }

    @Override
    public int[] writes() {
        return new int[] {c};
    }
}
