package org.thalweg.autodiff.kernel;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.thalweg.api.tensor.DType;

/**
 * Little work for each kernel of a {@link Gemm}, so that the JVM compiles them. What is called very often with loops that are very short is compiled once; long
 * loops are compiled a second time from their middle on, and the compiler is what a program that just started waits for.
 */
public final class GemmPractice {
    /** Steps of each loop. */
    private static final int DEPTH = 8;
    /** The least calls after which a JVM can have decided to compile, and the calls between two looks at the clock. */
    private static final int FEW_CALLS = 25;
    /** Code that is not compiled needs more for a number, compiled vector code much less. */
    private static final double READY_NANOS = 1;

    /** What a kernel does in one call; calls differ, so that compiled code is not thrown away when a branch is taken for the first time. */
    @FunctionalInterface
    private interface Call {
        /** Uses all rows and columns, or some, of which {@code any} decides how many. */
        void run(boolean full, int any);
    }

    /** A kernel with something to do. */
    private static final class Exercise {
        final Call call;
        final int numbers;
        boolean ready;

        Exercise(int numbers, Call call) {
            this.numbers = numbers;
            this.call = call;
        }
    }

    private final List<Exercise> exercises = new ArrayList<>();
    private final GemmTile tile;
    private final DType dtype;

    /** For the kernels of one use. */
    public GemmPractice(Gemm gemm, DType dtype, GemmUse use) {
        this.tile = gemm.tile();
        this.dtype = dtype;
        GemmKernels kernels = gemm.kernels();
        switch (use) {
            case MATRICES -> matrices(kernels, gemm.packed(DEPTH, 2 * gemm.panelWidth()).block);
            case VECTORS -> vectors(kernels);
            case CONVOLUTIONS -> convolutions(kernels);
        }
    }

    private void vectors(GemmKernels kernels) {
        int width = tile.vectors() * tile.lanes();
        Object x = array(width);
        Object b = array(width * DEPTH);
        Object c = array(width);
        add(width * DEPTH, (full, any) -> {
            int count = full ? width : 1 + any % width;
            kernels.row(count, DEPTH, x, 0, b, (width - count) * DEPTH, count, c, width - count);
        });
        int rows = GemmTile.VECTOR_ROWS;
        Object a = array(rows * width);
        Object lanes = array(rows * Lanes.FLOATS);
        add(rows * width, (full, any) -> {
            int length = full ? width : 1 + any % width;
            kernels.lanes(full ? rows : 1, length, a, (width - length) * rows, length, x, width - length, lanes);
        });
    }

    private void convolutions(GemmKernels kernels) {
        int[] starts = {0, 1, 2, 3, 5, 6, 7, 8};
        int rows = tile.rows();
        int width = tile.vectors() * tile.lanes();
        Object a = array(rows * DEPTH);
        Object b = array(width + DEPTH);
        Object c = array(rows * width);
        add(rows * width * DEPTH, (full, any) -> kernels.shifted(full ? rows : 1, DEPTH, a, 0, DEPTH, b, 0, starts, c, 0, width));
        int size = tile.dotRows();
        int length = tile.dotVectors() * tile.lanes() * DEPTH;
        Object left = array(size * length);
        Object right = array(length + DEPTH);
        Object lanes = array(size * size * tile.dotVectors() * tile.lanes());
        add(size * size * length, (full, any) -> kernels.dots(full ? size : 1, full ? size : 1, length, left, 0, length, right, 0, starts, 0, lanes, 0));
    }

    private void matrices(GemmKernels kernels, MemorySegment packed) {
        int rows = tile.rows();
        int lanes = tile.lanes();
        int width = tile.vectors() * lanes;
        int chunk = tile.chunkRows();
        // Some of what is read and written lies at the end of its array, where vectors reach over it.
        Object a = array(GemmTile.NARROW_ROWS * DEPTH);
        Object chunks = array(GemmTile.CHUNKS * chunk * DEPTH);
        Object copied = array(GemmTile.CHUNKS * chunk * DEPTH);
        Object b = array(width * DEPTH);
        Object c = array(GemmTile.NARROW_ROWS * width);
        add(rows * width * DEPTH, (full, any) -> kernels.packedTile(full ? rows : 1, width, DEPTH, a, 0, DEPTH, 1, packed, 0, width, c, 0, width, full));
        add(rows * width * DEPTH, (full, any) -> kernels.packedTileOfTransposed(full ? rows : 1, width, DEPTH, chunks, 0, 1, chunk, packed, 0, width,
                c, 0, width, full));
        add(tile.packLanes() * DEPTH, (full, any) -> kernels.transpose(full ? tile.packLanes() : 1, DEPTH, b, 0, DEPTH, packed, 0, width));
        add(GemmTile.CHUNKS * chunk * DEPTH, (full, any) -> {
            int count = full ? GemmTile.CHUNKS * chunk : 1 + any % (GemmTile.CHUNKS * chunk);
            kernels.manyColumns(count, DEPTH, chunks, (GemmTile.CHUNKS * chunk - count) * DEPTH, count, copied);
        });
        add(chunk * DEPTH, (full, any) -> {
            int count = full ? chunk : 1 + any % chunk;
            kernels.columns(count, DEPTH, chunks, (GemmTile.CHUNKS * chunk - count) * DEPTH, count, copied);
        });
        add(width * DEPTH, (full, any) -> {
            int count = full ? width : 1 + any % width;
            kernels.copy(count, DEPTH, b, width * DEPTH - count * DEPTH, count, packed, 0, width);
        });
        add(rows * width * DEPTH, (full, any) -> kernels.tile(full ? rows : 1, DEPTH, a, 0, DEPTH, b, 0, width, c, 0, width, full));
        add(GemmTile.EDGE_ROWS * lanes * DEPTH, (full, any) -> {
            int count = full ? lanes : 1 + any % lanes;
            int edgeRows = full ? GemmTile.EDGE_ROWS : 1 + any % GemmTile.EDGE_ROWS;
            kernels.edge(edgeRows, count, DEPTH, a, 0, DEPTH, 1, packed, 0, lanes, c, GemmTile.NARROW_ROWS * width - edgeRows * count, count, full);
        });
        add(GemmTile.NARROW_ROWS * 2 * lanes * DEPTH, (full, any) -> kernels.narrow(full ? GemmTile.NARROW_ROWS : 1, 2 * lanes, DEPTH, a, 0, DEPTH, 1,
                packed, 0, 2 * lanes, c, 0, 2 * lanes, full));
    }

    private Object array(int length) {
        if (dtype == DType.FLOAT32) {
            float[] floats = new float[length];
            Arrays.fill(floats, 0.75f);
            return floats;
        }
        double[] doubles = new double[length];
        Arrays.fill(doubles, 0.75);
        return doubles;
    }

    private void add(int numbers, Call call) {
        exercises.add(new Exercise(numbers, call));
    }

    /** The number of kernels. */
    public int kernels() {
        return exercises.size();
    }

    /** Calls each kernel that is not compiled yet a few times; whether all of them are compiled. */
    public boolean practise() {
        boolean ready = true;
        for (Exercise exercise : exercises) {
            if (!exercise.ready) {
                long start = System.nanoTime();
                for (int i = 0; i < FEW_CALLS; i++) {
                    exercise.call.run(i % 3 != 0, 1 + i * 5);
                }
                exercise.ready = System.nanoTime() - start < READY_NANOS * FEW_CALLS * exercise.numbers;
                ready &= exercise.ready;
            }
        }
        return ready;
    }
}
