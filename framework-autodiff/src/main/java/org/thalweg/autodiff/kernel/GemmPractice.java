package org.thalweg.autodiff.kernel;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.thalweg.api.tensor.DType;

/** Little work for each kernel of a {@link Gemm}, so that the JVM compiles them; safe to share between threads. */
public final class GemmPractice {
    /** With more calls that compute something, the JIT's compilers are busy with the Vector API instead of the kernels; with fewer, they take the loops for rare. */
    private static final int CALLS_PER_WORK = 128;
    /** For kernels with shorter loops. */
    private static final int CALLS_PER_LITTLE_WORK = 32;
    /** Steps of each loop. */
    private static final int DEPTH = 8;
    /** What code that the JVM's best compiler has made needs for a call and for each number, with something to spare; other code needs many times as long. */
    private static final double CALL_NANOS = 50;
    private static final double NUMBER_NANOS = 0.25;
    /** One run, right after others, takes longer than several in a row. */
    private static final double FIRST_RUN = 10;

    /** Something for a kernel to do, with so many numbers. */
    private record Work(int numbers, Exercise.Call call) {}

    private record Begun(int numbers, Exercise exercise) {
        boolean isReady() {
            double ready = CALL_NANOS + NUMBER_NANOS * numbers;
            return exercise.isRunIn(FIRST_RUN * ready) && exercise.nanos() < ready;
        }
    }

    private final Gemm gemm;
    private final GemmTile tile;
    private final DType dtype;
    private final Map<GemmKernel, Begun> begun = new EnumMap<>(GemmKernel.class);
    private final Set<GemmKernel> ready = ConcurrentHashMap.newKeySet();

    /** For the kernels of one Gemm that has vectors. */
    GemmPractice(Gemm gemm, DType dtype) {
        this.gemm = gemm;
        this.tile = gemm.tile();
        this.dtype = dtype;
    }

    /** Calls each of some kernels that is not compiled yet some times; whether all of them are compiled. */
    public synchronized boolean practise(Set<GemmKernel> kernels) {
        for (GemmKernel kernel : kernels) {
            if (!ready.contains(kernel)) {
                Begun practising = begun.computeIfAbsent(kernel, this::begin);
                practising.exercise.practise();
                if (practising.isReady()) {
                    begun.remove(kernel);
                    ready.add(kernel);
                }
            }
        }
        return isReady(kernels);
    }

    /** Whether some kernels are compiled; waits for nobody. */
    public boolean isReady(Set<GemmKernel> kernels) {
        return ready.containsAll(kernels);
    }

    private Begun begin(GemmKernel kernel) {
        Work work = work(kernel, gemm.kernels());
        int callsPerWork = switch (kernel) {
            case ROW, ROW_DOTS, SHIFTED, DOTS -> CALLS_PER_LITTLE_WORK;
            default -> CALLS_PER_WORK;
        };
        return new Begun(work.numbers, new Exercise(callsPerWork, work.call));
    }

    private Work work(GemmKernel kernel, GemmKernels kernels) {
        int rows = tile.rows();
        int lanes = tile.lanes();
        int width = tile.vectors() * lanes;
        int chunk = tile.chunkRows();
        // Some of what is read and written lies at the end of its array, where vectors reach over it.
        Object a = array(Math.max(GemmTile.NARROW_ROWS, chunk) * DEPTH);
        Object b = array(width * DEPTH);
        Object c = array(GemmTile.NARROW_ROWS * width);
        MemorySegment packed = gemm.packed(DEPTH, width).block;
        int[] starts = {0, 1, 2, 3, 5, 6, 7, 8};
        return switch (kernel) {
            case TILE -> new Work(rows * width * DEPTH, (extent, turn) ->
                    kernels.tile(extent.of(rows), DEPTH, a, 0, DEPTH, b, 0, width, c, 0, width, adds(turn)));
            case PACKED_TILE -> new Work(rows * width * DEPTH, (extent, turn) ->
                    kernels.packedTile(extent.of(rows), width, DEPTH, a, 0, DEPTH, 1, packed, 0, width, c, 0, width, adds(turn)));
            case PACKED_TILE_OF_TRANSPOSED -> new Work(rows * width * DEPTH, (extent, turn) ->
                    kernels.packedTileOfTransposed(extent.of(rows), width, DEPTH, a, 0, 1, chunk, packed, 0, width, c, 0, width, adds(turn)));
            case NARROW -> new Work(GemmTile.NARROW_ROWS * 2 * lanes * DEPTH, (extent, turn) ->
                    kernels.narrow(extent.of(GemmTile.NARROW_ROWS), 2 * lanes, DEPTH, a, 0, DEPTH, 1, packed, 0, 2 * lanes, c, 0, 2 * lanes, adds(turn)));
            case EDGE -> new Work(GemmTile.EDGE_ROWS * lanes * DEPTH, (extent, turn) -> {
                int count = extent.of(lanes);
                int edgeRows = extent.of(GemmTile.EDGE_ROWS);
                kernels.edge(edgeRows, count, DEPTH, a, 0, DEPTH, 1, packed, 0, lanes, c, GemmTile.NARROW_ROWS * width - edgeRows * count, count, adds(turn));
            });
            case COPY -> new Work(width * DEPTH, (extent, turn) -> {
                int count = extent.of(width);
                kernels.copy(count, DEPTH, b, (width - count) * DEPTH, count, packed, 0, width);
            });
            case TRANSPOSE -> new Work(tile.packLanes() * DEPTH, (extent, turn) ->
                    kernels.transpose(extent.of(tile.packLanes()), DEPTH, b, 0, DEPTH, packed, 0, width));
            case COLUMNS -> {
                Object copy = array(chunk * DEPTH);
                yield new Work(chunk * DEPTH, (extent, turn) -> {
                    int count = extent.of(chunk);
                    kernels.columns(count, DEPTH, b, (width - count) * DEPTH, count, copy);
                });
            }
            case MANY_COLUMNS -> {
                int many = GemmTile.CHUNKS * chunk;
                Object columns = array(many * DEPTH);
                Object copy = array(many * DEPTH);
                yield new Work(many * DEPTH, (extent, turn) -> {
                    int count = extent.of(many);
                    kernels.manyColumns(count, DEPTH, columns, (many - count) * DEPTH, count, copy);
                });
            }
            case SHIFTED -> new Work(rows * width * DEPTH, (extent, turn) ->
                    kernels.shifted(extent.of(rows), DEPTH, a, 0, DEPTH, b, 0, starts, c, 0, width));
            case DOTS -> {
                int size = tile.dotRows();
                int length = tile.dotVectors() * lanes * DEPTH;
                Object left = array(size * length);
                Object right = array(length + DEPTH);
                Object sums = array(size * size * tile.dotVectors() * lanes);
                yield new Work(size * size * length, (extent, turn) ->
                        kernels.dots(extent.of(size), extent.of(size), length, left, 0, length, right, 0, starts, 0, sums, 0));
            }
            case ROW -> new Work(width * DEPTH, (extent, turn) -> {
                int count = extent.of(width);
                kernels.row(count, DEPTH, a, 0, b, (width - count) * DEPTH, count, c, width - count);
            });
            case ROW_DOTS -> {
                int vectorRows = GemmTile.VECTOR_ROWS;
                Object matrix = array(vectorRows * width);
                yield new Work(vectorRows * width, (extent, turn) -> {
                    int length = extent.of(width);
                    kernels.rowDots(extent.of(vectorRows), length, matrix, (width - length) * vectorRows, length, b, width - length, c, 0);
                });
            }
        };
    }

    /** Whether a call adds to what is there. */
    private static boolean adds(int turn) {
        return turn % 4 < 2;
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
}
