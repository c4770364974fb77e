package org.thalweg.autodiff.compile;

import java.util.Set;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Op;
import org.thalweg.autodiff.kernel.Gemm;
import org.thalweg.autodiff.kernel.GemmKernel;
import org.thalweg.autodiff.kernel.WorkerPool;

/**
 * The product of a matrix and a vector, or a batch of them: a column that is a dot product for each row of the matrix, or a row that is a sum of the matrix's rows.
 * The matrix is read once, in the order in which it is stored.
 */
final class VectorStep implements ProductStep {
    /** Multiply-adds of a part. The matrix comes from memory, so a part takes longer than as many in a product of matrices. */
    private static final int PART_WORK = 50_000;
    private static final int PARTS_PER_THREAD = 4;

    private final TieredGemm products;
    private final DType dtype;
    private final GemmStep.Matrix matrix;
    private final GemmStep.Matrix vector;
    private final int result;
    /** Whether elements of the result are dot products. */
    private final boolean dots;
    private final int batch;
    private final int rows;
    private final int columns;
    private final int k;
    private final int elements;
    private final int partElements;
    private final int partsOfOne;
    private final WorkerPool.Task task = this::part;
    private Memory current;

    VectorStep(Expression node, KernelCache kernels, GemmStep.Matrix a, GemmStep.Matrix b, int result, int threads) {
        Op.MatMul product = (Op.MatMul) node.op();
        Shape shape = node.shape();
        boolean column = shape.extent(-1) == 1;
        this.dtype = node.dtype();
        this.matrix = column ? a : b;
        this.vector = column ? b : a;
        this.result = result;
        this.dots = column && !product.transposeA();
        this.products = kernels.gemm(dtype, Set.of(dots ? GemmKernel.ROW_DOTS : GemmKernel.ROW));
        this.rows = shape.extent(-2);
        this.columns = shape.extent(-1);
        this.k = node.input(0).shape().extent(product.transposeA() ? -2 : -1);
        this.batch = (int) shape.sub(0, shape.rank() - 2).size();
        this.elements = rows * columns;
        this.partElements = partOf(elements, batch >= threads ? 1 : threads);
        this.partsOfOne = (elements + partElements - 1) / partElements;
    }

    /** Elements of a part, in whole panels. */
    private int partOf(int count, int threads) {
        long parts = threads == 1 ? 1 : Math.max(1, Math.min(PARTS_PER_THREAD * threads, (long) count * k / PART_WORK));
        int panel = products.best().panelWidth();
        return (int) Math.max(1, ((count + parts - 1) / parts + panel - 1) / panel * panel);
    }

    /** Whether a product is one of a matrix and a vector whose elements lie side by side, and the matrix is stored so that its rows can be read in order. */
    static boolean fits(Expression node, GemmStep.Matrix a, GemmStep.Matrix b) {
        Op.MatMul product = (Op.MatMul) node.op();
        Shape shape = node.shape();
        if (shape.extent(-1) == 1) {
            return product.transposeB() || b.row() == 1;
        }
        return shape.extent(-2) == 1 && !product.transposeB() && (!product.transposeA() || a.row() == 1);
    }

    @Override
    public void run(Memory memory) {
        current = memory;
        memory.pool.run(batch * partsOfOne, task);
    }

    private void part(int part, int worker) {
        int from = part % partsOfOne * partElements;
        elements(current, part / partsOfOne, from, Math.min(elements, from + partElements), worker);
    }

    private void elements(Memory memory, int product, int from, int to, int worker) {
        Gemm gemm = products.current();
        int ofMatrix = matrix.start() + product * elements * k;
        int ofVector = vector.start() + product * k;
        if (dots) {
            gemm.multiplyVector(from, to, k, memory.buffers[matrix.buffer()], ofMatrix, matrix.row(), memory.buffers[vector.buffer()], ofVector,
                    memory.buffers[result], product * elements, memory.workspace(dtype, worker));
        } else {
            gemm.multiplyRow(from, to, k, memory.buffers[vector.buffer()], ofVector, memory.buffers[matrix.buffer()], ofMatrix, matrix.row(),
                    memory.buffers[result], product * elements, memory.workspace(dtype, worker));
        }
    }

    @Override
    public void prepare(Memory memory) {}

    @Override
    public void rows(Memory memory, int from, int to, int worker) {
        elements(memory, 0, from * columns, to * columns, worker);
    }

    @Override
    public int rowCount() {
        return rows;
    }

    @Override
    public int columnCount() {
        return columns;
    }

    @Override
    public int rowsOfPart(int threads) {
        return rows == 1 ? 1 : partOf(rows, threads);
    }

    @Override
    public int[] reads() {
        return new int[] {matrix.buffer(), vector.buffer()};
    }

    @Override
    public int[] writes() {
        return new int[] {result};
    }
}
