package org.thalweg.autodiff.compile;

import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Op;
import org.thalweg.autodiff.kernel.Gemm;
import org.thalweg.autodiff.kernel.PackedMatrix;
import org.thalweg.autodiff.kernel.WorkerPool;

/**
 * Brings the second factor of matrix products into the order in which they read it: for several products into memory of its own, for one into memory that all such
 * steps of the program use in turn, which so stays in the cache.
 */
final class PackStep implements Step {
    /** Elements of a part: less is not worth waking a thread for. */
    private static final long PART_WORK = 20_000;

    private final TieredGemm products;
    private final DType dtype;
    private final boolean transposeB;
    private final GemmStep.Matrix b;
    private final int n;
    private final int k;
    private final int partColumns;
    private final int parts;
    private final WorkerPool.Task task = this::part;
    private final PackedMatrix own;
    private Gemm packedBy;
    private Memory current;

    PackStep(Expression node, TieredGemm products, GemmStep.Matrix b, int threads, boolean forSeveral) {
        Op.MatMul product = (Op.MatMul) node.op();
        this.products = products;
        this.dtype = node.dtype();
        this.transposeB = product.transposeB();
        this.b = b;
        Shape shape = node.input(1).shape();
        this.n = shape.extent(transposeB ? -2 : -1);
        this.k = shape.extent(transposeB ? -1 : -2);
        int panelWidth = products.best().panelWidth();
        int panels = (n + panelWidth - 1) / panelWidth;
        long wanted = Math.max(1, Math.min(threads, Math.min(panels, (long) n * k / PART_WORK)));
        this.partColumns = (int) ((panels + wanted - 1) / wanted) * panelWidth;
        this.parts = n == 0 ? 0 : (n + partColumns - 1) / partColumns;
        this.own = forSeveral ? products.best().packed(k, n) : null;
    }

    @Override
    public void run(Memory memory) {
        // Kernels may be exchanged at any time, so whoever reads the panels asks who made them.
        Gemm gemm = products.current();
        packedBy = gemm == products.best() ? gemm : null;
        if (packedBy != null) {
            current = memory;
            memory.pool.run(parts, task);
        }
    }

    private void part(int part, int worker) {
        int from = part * partColumns;
        packedBy.pack(transposeB, from, Math.min(n, from + partColumns), n, k, current.buffers[b.buffer()], b.start(), b.row(), packed(current),
                current.workspace(dtype, worker));
    }

    /** Whose panels these are now; null before {@link #run}, and where the kernels in use need none. */
    Gemm packedBy() {
        return packedBy;
    }

    PackedMatrix packed(Memory memory) {
        return own == null ? memory.packed(dtype) : own;
    }

    /** The numbers that the factor takes in memory that is used in turn. */
    long sharedLength() {
        return own == null ? products.best().packedLength(k, n) : 0;
    }

    @Override
    public int[] reads() {
        return new int[] {b.buffer()};
    }

    @Override
    public int[] writes() {
        return new int[0];
    }
}
