package org.thalweg.autodiff.compile;

import java.util.stream.IntStream;
import org.thalweg.autodiff.kernel.WorkerPool;

/** A matrix product and the loop that uses its result row by row: each part of the rows is multiplied and goes through the loop while it is in the cache. */
final class EpilogueStep implements Step {
    /** Elements of a block of the product: half of a small second-level cache. */
    private static final int BLOCK = 64 * 1024;

    private final ProductStep product;
    private final LoopStep loop;
    private final int rows;
    private final int unitsPerRow;
    private final int partRows;
    private final WorkerPool.Task task = this::part;
    private Memory current;

    EpilogueStep(ProductStep product, LoopStep loop, int threads) {
        this.product = product;
        this.loop = loop;
        this.rows = product.rowCount();
        this.unitsPerRow = loop.unitCount() / Math.max(1, rows);
        int block = Math.max(64, BLOCK / Math.max(1, product.columnCount()) / 64 * 64);
        this.partRows = Math.min(block, product.rowsOfPart(threads));
    }

    /** Whether a loop over a product of m rows and n columns, found in the given buffer, can follow it part by part. */
    static boolean follows(LoopBody body, int buffer, int m, int n) {
        if (!body.accumulates.isEmpty() || m == 0 || n == 0) {
            return false;
        }
        boolean flat = body.isFlat() && body.extent(0) == m * n;
        boolean rowwise = body.rank() == 2 && body.extent(0) == m;
        if (!flat && !rowwise) {
            return false;
        }
        return body.operands.stream().filter(operand -> operand.buffer() == buffer)
                .allMatch(operand -> flat ? operand.start() == 0 && operand.strides()[0] == 1
                        : operand.strides()[0] == n && operand.strides()[1] <= 1 && operand.start() + operand.strides()[1] * body.extent(1) <= n);
    }

    @Override
    public void run(Memory memory) {
        product.prepare(memory);
        current = memory;
        memory.pool.run((rows + partRows - 1) / partRows, task);
    }

    private void part(int part, int worker) {
        Memory memory = current;
        int from = part * partRows;
        int to = Math.min(rows, from + partRows);
        product.rows(memory, from, to, worker);
        loop.units(memory, from * unitsPerRow, to * unitsPerRow, worker);
    }

    @Override
    public int[] reads() {
        return IntStream.concat(IntStream.of(product.reads()), IntStream.of(loop.reads())).toArray();
    }

    @Override
    public int[] writes() {
        return IntStream.concat(IntStream.of(product.writes()), IntStream.of(loop.writes())).toArray();
    }
}
