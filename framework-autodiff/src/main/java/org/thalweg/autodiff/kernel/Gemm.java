package org.thalweg.autodiff.kernel;

import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.Set;
import org.thalweg.api.tensor.DType;

/**
 * Matrix multiplication on heap arrays: C = op(A)·op(B) or C += op(A)·op(B), where op leaves a matrix as it is or transposes it.
 *
 * <p>The bits of the result are part of the contract. Every element of C is computed so: k is cut into blocks of {@value #DEPTH}; each block is
 * a chain of {@link Math#fma} in the order of k that starts from 0; the sums of the blocks are added to C in order, the first one being
 * stored instead of added unless {@code accumulate}. Nothing else may ever influence an element, so results are equal on every vector
 * width, for every tiling, and however rows and columns are split between threads.
 *
 * <p>How it is done: C is cut into panels as wide as a few vectors, panels into tiles of a few rows, and a tile stays in registers
 * while a block of k passes by ({@link GemmKernels}). A is read in place unless it is stored transposed. B is read in place where only a few rows are multiplied
 * by it, because packing costs as much as multiplying a few dozen rows; a B that meets many rows, at once or in several products, is packed once.
 *
 * <p>Immutable and safe to share between threads; what a call writes to is C and the workspace.
 */
public final class Gemm {
    /** Length of a block of k. Part of the contract on bits: it can never be tuned per machine. */
    static final int DEPTH = 512;

    /** From this many rows on, copying a panel of B pays: its vectors then begin at cache lines, and its rows do not compete for the same sets of the first-level cache. */
    private static final int PACK_ROWS = 48;

    /** Packed panels that one pass over A goes through: half of a small second-level cache. */
    private static final int GROUP_BYTES = 512 * 1024;

    /** Rows of a call of {@link #dots}. */
    public static final int DOT_ROWS = 4;

    /** One for each type and width, so that all programs in the JVM share kernels that the JIT has compiled already. */
    private static final Gemm[] SHARED = new Gemm[8];

    private final DType dtype;
    private final GemmTile tile;
    private final int panelWidth;
    private final GemmPractice practice;
    private volatile GemmKernels kernels;

    private Gemm(DType dtype, GemmTile tile) {
        this.dtype = dtype;
        this.tile = tile;
        this.panelWidth = tile.vectors() * tile.lanes();
        this.practice = isPlain() ? null : new GemmPractice(this, dtype);
    }

    /**
     * The multiplication for one element type and one vector width.
     *
     * @param dtype FLOAT32 or FLOAT64
     * @param vectorBits 128, 256 or 512; 0 for plain Java, which never touches a class of the Vector API. A width that the CPU lacks works, slowly
     * @throws IllegalStateException if {@code vectorBits} is not 0 and the JVM runs without the Vector API
     */
    public static Gemm of(DType dtype, int vectorBits) {
        GemmTile tile = GemmTile.of(dtype, vectorBits);
        if (vectorBits != 0 && ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            throw new IllegalStateException("The Vector API is not available: start the JVM with --add-modules jdk.incubator.vector, "
                    + "or ask for the plain kernels (vectorBits 0)");
        }
        int slot = (dtype == DType.FLOAT32 ? 0 : 4) + vectorBits / 128 - vectorBits / 512;
        synchronized (SHARED) {
            if (SHARED[slot] == null) {
                SHARED[slot] = new Gemm(dtype, tile);
            }
            return SHARED[slot];
        }
    }

    private boolean isPlain() {
        return tile.vectorBits() == 0;
    }

    GemmTile tile() {
        return tile;
    }

    /** The kernels, which are written when they are first asked for: a program starts with plain Java, and so starts sooner. */
    GemmKernels kernels() {
        GemmKernels known = kernels;
        if (known == null) {
            synchronized (this) {
                known = kernels == null ? GemmKernelGenerator.generate(dtype, tile) : kernels;
                kernels = known;
            }
        }
        return known;
    }

    /** What gets the kernels compiled; null for the plain kernels. */
    public GemmPractice practice() {
        return practice;
    }

    /** A workspace for {@link #multiply}, also for the plain kernels; one for each thread. */
    public GemmWorkspace workspace() {
        if (isPlain()) {
            return new GemmWorkspace(dtype, 0, 0);
        }
        int chunks = DEPTH * GemmTile.CHUNKS * tile.chunkRows();
        // Copying a row writes whole panels.
        return new GemmWorkspace(dtype, chunks + tile.packLanes() * tile.packLanes(), (DEPTH + 1) * panelWidth);
    }

    /**
     * Columns that one pass over B covers. Splitting the columns of C between threads at multiples of this keeps every thread on whole
     * tiles; any other split gives the same bits.
     */
    public int panelWidth() {
        return panelWidth;
    }

    /** Rows of one tile: where to split the rows of C, as {@link #panelWidth()} says for columns. */
    public int tileRows() {
        return tile.rows();
    }

    /** Where to split the rows of C if A is stored transposed. */
    public int chunkRows() {
        return isPlain() ? tile.rows() : tile.chunkRows();
    }

    /**
     * Computes rows [m0, m1) and columns [n0, n1) of C = op(A)·op(B). All arrays are {@code float[]} or {@code double[]}, as the type says;
     * C must not overlap A, B or the workspace. Allocates nothing.
     *
     * @param transposeA A is stored K x M instead of M x K
     * @param transposeB B is stored N x K instead of K x N
     * @param k the inner dimension; where it is 0, C becomes 0, or stays as it is if {@code accumulate}
     * @param aOffset index of A's first element, whatever m0; {@code lda} is the distance between its stored rows. Likewise for B and C
     * @param accumulate add to C instead of overwriting it
     * @param workspace private to the calling thread; its content does not matter
     * @throws IndexOutOfBoundsException if an array is too short; C may then be partly written
     */
    public void multiply(boolean transposeA, boolean transposeB, int m0, int m1, int n0, int n1, int k,
            Object a, int aOffset, int lda, Object b, int bOffset, int ldb, Object c, int cOffset, int ldc,
            boolean accumulate, GemmWorkspace workspace) {
        if (m0 >= m1 || k == 0 && accumulate) {
            return;
        }
        if (isPlain()) {
            PlainProducts.multiply(transposeA, transposeB, m0, m1, n0, n1, k, a, aOffset, lda, b, bOffset, ldb, c, cOffset, ldc, accumulate, workspace);
            return;
        }
        boolean pack = packs(transposeA, transposeB, m1 - m0);
        for (int n = n0; n < n1; n += panelWidth) {
            int width = Math.min(panelWidth, n1 - n);
            int p = 0;
            do {
                int depth = Math.min(DEPTH, k - p);
                int aStart = aOffset + (transposeA ? m0 + p * lda : m0 * lda + p);
                int bStart = bOffset + (transposeB ? n * ldb + p : p * ldb + n);
                int cStart = cOffset + m0 * ldc + n;
                boolean add = accumulate || p > 0;
                if (pack || width < panelWidth) {
                    pack(transposeB, width, depth, b, bStart, ldb, workspace.panel, 0, workspace);
                    rows(transposeA, m1 - m0, width, depth, a, aStart, lda, workspace.panel, 0, c, cStart, ldc, add, workspace);
                } else {
                    for (int m = 0; m < m1 - m0; m += tile.rows()) {
                        kernels().tile(Math.min(tile.rows(), m1 - m0 - m), depth, a, aStart + m * lda, lda, b, bStart, ldb, c, cStart + m * ldc, ldc, add);
                    }
                }
                p += DEPTH;
            } while (p < k);
        }
    }

    /**
     * The kernels that a product calls.
     *
     * @param packed whether all of it is done with {@link #pack} and {@link #multiplyPacked}, not some of its rows with {@link #multiply}
     */
    public Set<GemmKernel> kernels(boolean transposeA, boolean transposeB, int rows, int columns, boolean packed) {
        Set<GemmKernel> needed = EnumSet.noneOf(GemmKernel.class);
        if (isPlain()) {
            return needed;
        }
        if (columns >= panelWidth) {
            needed.add(transposeA ? GemmKernel.PACKED_TILE_OF_TRANSPOSED : GemmKernel.PACKED_TILE);
            if (!packed && !transposeA && !transposeB) {
                needed.add(GemmKernel.TILE);
            }
        }
        int rest = columns % panelWidth;
        if (rest >= 2 * tile.lanes()) {
            needed.add(GemmKernel.NARROW);
        }
        if (rest % (2 * tile.lanes()) != 0) {
            needed.add(GemmKernel.EDGE);
        }
        needed.add(transposeB ? GemmKernel.TRANSPOSE : GemmKernel.COPY);
        if (transposeA) {
            needed.add(GemmKernel.COLUMNS);
            if (rows > tile.chunkRows()) {
                needed.add(GemmKernel.MANY_COLUMNS);
            }
        }
        return needed;
    }

    /** Whether copying op(B) before it is multiplied by so many rows pays. */
    private static boolean packs(boolean transposeA, boolean transposeB, int rows) {
        return transposeA || transposeB || rows >= PACK_ROWS;
    }

    /** Whether products of so many rows in all, with one and the same B of {@code k} rows, should be done with {@link #pack} and {@link #multiplyPacked}. */
    public boolean prefersPacked(boolean transposeA, boolean transposeB, int rows, int k) {
        return !isPlain() && k >= tile.packLanes() && packs(transposeA, transposeB, rows);
    }

    /**
     * Copies columns [n0, n1) of op(B), which begin and end at whole panels or with the last column, for {@link #multiplyPacked}.
     *
     * @param columns of op(B) in all
     * @param k rows of op(B), not so few that {@link #prefersPacked} says no
     * @param packed of this Gemm's {@link #packed}; several threads may fill their own panels
     */
    public void pack(boolean transposeB, int n0, int n1, int columns, int k, Object b, int bOffset, int ldb, PackedMatrix packed, GemmWorkspace workspace) {
        for (int n = n0; n < n1; n += panelWidth) {
            pack(transposeB, Math.min(panelWidth, columns - n), k, b, bOffset + (transposeB ? n * ldb : n), ldb, packed.block, (long) n * k, workspace);
        }
    }

    /** Room for op(B) with so many rows and columns. */
    public PackedMatrix packed(int k, int columns) {
        return packed(packedLength(k, columns));
    }

    /** Room for what has this {@link #packedLength}, and for all that is shorter. */
    public PackedMatrix packed(long length) {
        return new PackedMatrix(dtype, length);
    }

    /** The numbers that op(B) with so many rows and columns takes. */
    public long packedLength(int k, int columns) {
        int panels = (columns + panelWidth - 1) / panelWidth;
        return ((long) k * panels + 1) * panelWidth;
    }

    /** The same as {@link #multiply}, bit by bit, for an op(B) that was packed as a whole. */
    public void multiplyPacked(boolean transposeA, int m0, int m1, int n0, int n1, int columns, int k, Object a, int aOffset, int lda,
            PackedMatrix packed, Object c, int cOffset, int ldc, GemmWorkspace workspace) {
        if (m0 >= m1) {
            return;
        }
        if (!transposeA) {
            for (int n = n0; n < n1; n += panelWidth) {
                int width = Math.min(panelWidth, columns - n);
                int p = 0;
                do {
                    rows(false, m1 - m0, width, Math.min(DEPTH, k - p), a, aOffset + m0 * lda + p, lda,
                            packed.block, (long) n * k + (long) p * packedRow(width), c, cOffset + m0 * ldc + n, ldc, p > 0, workspace);
                    p += DEPTH;
                } while (p < k);
            }
            return;
        }
        int p = 0;
        do {
            // A chunk of A, in the first-level cache, meets as many panels as stay in the second.
            int depth = Math.min(DEPTH, k - p);
            int group = Math.max(1, GROUP_BYTES / (Math.max(1, depth) * panelWidth * dtype.bytes())) * panelWidth;
            for (int from = n0; from < n1; from += group) {
                for (int m = m0; m < m1; m += GemmTile.CHUNKS * tile.chunkRows()) {
                    int copied = Math.min(GemmTile.CHUNKS * tile.chunkRows(), m1 - m);
                    columns(copied, depth, a, aOffset + m + p * lda, lda, workspace);
                    for (int r = 0; r < copied; r += tile.chunkRows()) {
                        int count = Math.min(tile.chunkRows(), copied - r);
                        for (int n = from; n < Math.min(n1, from + group); n += panelWidth) {
                            int width = Math.min(panelWidth, columns - n);
                            panel(count, width, depth, workspace.array, r * depth, 1, tile.chunkRows(),
                                    packed.block, (long) n * k + (long) p * packedRow(width), c, cOffset + (m + r) * ldc + n, ldc, p > 0);
                        }
                    }
                }
            }
            p += DEPTH;
        } while (p < k);
    }

    /** Computes columns [n0, n1) of C = x·B for a row x of length k, with the same bits as {@link #multiply}. */
    public void multiplyRow(int n0, int n1, int k, Object x, int xOffset, Object b, int bOffset, int ldb, Object c, int cOffset, GemmWorkspace workspace) {
        if (isPlain()) {
            PlainProducts.multiply(false, false, 0, 1, n0, n1, k, x, xOffset, k, b, bOffset, ldb, c, cOffset, 0, false, workspace);
            return;
        }
        for (int n = n0; n < n1; n += panelWidth) {
            int width = Math.min(panelWidth, n1 - n);
            kernels().row(width, Math.min(DEPTH, k), x, xOffset, b, bOffset + n, ldb, c, cOffset + n);
            for (int p = DEPTH; p < k; p += DEPTH) {
                kernels().row(width, Math.min(DEPTH, k - p), x, xOffset + p, b, bOffset + p * ldb + n, ldb, workspace.lanes, 0);
                PlainProducts.add(width, workspace.lanes, c, cOffset + n);
            }
        }
    }

    /**
     * Computes elements [m0, m1) of y = A·x. Each is a dot product whose bits are part of the contract too: element i is added to lane i modulo the number of lanes,
     * which fill 64 bytes, with {@link Math#fma}, then zeros to the lanes that had less, and then the upper half of the lanes is added to the lower until one is left.
     *
     * @param k the length of x, and of the rows of A, which are {@code lda} apart
     */
    public void multiplyVector(int m0, int m1, int k, Object a, int aOffset, int lda, Object x, int xOffset, Object y, int yOffset, GemmWorkspace workspace) {
        for (int m = m0; m < m1; m += GemmTile.VECTOR_ROWS) {
            int rows = Math.min(GemmTile.VECTOR_ROWS, m1 - m);
            if (isPlain()) {
                PlainDots.lanes(rows, k, a, aOffset + m * lda, lda, x, xOffset, workspace.lanes);
                Lanes.sums(rows, workspace.lanes, y, yOffset + m);
            } else {
                kernels().rowDots(rows, k, a, aOffset + m * lda, lda, x, xOffset, y, yOffset + m);
            }
        }
    }

    /**
     * C = A·B for a B whose rows begin anywhere in an array, and may overlap: row p at {@code bStart + bRows[p]}. Every element of C is one chain of
     * {@link Math#fma} in the order of p that starts from 0. Columns are computed in whole panels, so all arrays must be long enough for
     * {@code columns} rounded up to {@link #panelWidth()}.
     *
     * @param lda the distance between the rows of A; likewise for C
     */
    public void multiplyShifted(int rows, int columns, int depth, Object a, int aStart, int lda, Object b, int bStart, int[] bRows,
            Object c, int cStart, int ldc, GemmWorkspace workspace) {
        if (isPlain()) {
            PlainProducts.multiplyShifted(rows, columns, depth, a, aStart, lda, b, bStart, bRows, c, cStart, ldc, workspace);
            return;
        }
        for (int n = 0; n < columns; n += panelWidth) {
            for (int m = 0; m < rows; m += tile.rows()) {
                kernels().shifted(Math.min(tile.rows(), rows - m), depth, a, aStart + m * lda, lda, b, bStart + n, bRows, c, cStart + m * ldc + n, ldc);
            }
        }
    }

    /** The number of lanes, as elements of an array, that {@link #dots} needs for some rows and columns. */
    public static int dotLanes(DType dtype, int rows, int columns) {
        return roundUp(rows) * roundUp(columns) * (64 / dtype.bytes());
    }

    private static int roundUp(int count) {
        return (count + DOT_ROWS - 1) / DOT_ROWS * DOT_ROWS;
    }

    /**
     * Adds to the lanes of the dot products of rows of A with rows of B that begin anywhere: row q at {@code bStart + bRows[q]}. Element i is added to lane i modulo
     * the number of lanes, which fill 64 bytes, with {@link Math#fma}. {@link #dotSums} makes sums of them.
     *
     * @param rows at most {@link #DOT_ROWS}
     * @param columns the rows of B, at most the length of {@code bRows}
     * @param length of the rows, a multiple of 16
     * @param lanes at least {@link #dotLanes} from {@code lanesStart} on; zeros before the first call
     */
    public void dots(int rows, int columns, int length, Object a, int aStart, int lda, Object b, int bStart, int[] bRows, Object lanes, int lanesStart) {
        int size = tile.dotRows();
        int count = 64 / dtype.bytes();
        for (int m = 0; m < rows; m += size) {
            for (int n = 0; n < columns; n += size) {
                int at = lanesStart + (m * roundUp(columns) + n * size) * count;
                if (isPlain()) {
                    PlainDots.lanes(Math.min(size, rows - m), Math.min(size, columns - n), length, a, aStart + m * lda, lda, b, bStart, bRows, n, lanes, at, size);
                } else {
                    kernels().dots(Math.min(size, rows - m), Math.min(size, columns - n), length, a, aStart + m * lda, lda, b, bStart, bRows, n, lanes, at);
                }
            }
        }
    }

    /** The sums of lanes: the upper half of them is added to the lower until one is left. */
    public void dotSums(int rows, int columns, Object lanes, int lanesStart, Object c, int cStart, int ldc) {
        int size = tile.dotRows();
        int count = 64 / dtype.bytes();
        for (int r = 0; r < rows; r++) {
            for (int q = 0; q < columns; q++) {
                int tileStart = r / size * size * roundUp(columns) + q / size * size * size;
                Lanes.sum(lanes, lanesStart + (tileStart + r % size * size + q % size) * count, c, cStart + r * ldc + q);
            }
        }
    }

    private int packedRow(int width) {
        return (width + tile.lanes() - 1) / tile.lanes() * tile.lanes();
    }

    /** Rows of C, one panel wide. A that is stored transposed is copied in chunks, whose elements then lie side by side. */
    private void rows(boolean transposeA, int rows, int width, int depth, Object a, int aStart, int lda, MemorySegment packed, long packedStart,
            Object c, int cStart, int cRow, boolean add, GemmWorkspace workspace) {
        if (!transposeA) {
            panel(rows, width, depth, a, aStart, lda, 1, packed, packedStart, c, cStart, cRow, add);
            return;
        }
        for (int m = 0; m < rows; m += GemmTile.CHUNKS * tile.chunkRows()) {
            int copied = Math.min(GemmTile.CHUNKS * tile.chunkRows(), rows - m);
            columns(copied, depth, a, aStart + m, lda, workspace);
            for (int r = 0; r < copied; r += tile.chunkRows()) {
                panel(Math.min(tile.chunkRows(), copied - r), width, depth, workspace.array, r * depth, 1, tile.chunkRows(), packed, packedStart,
                        c, cStart + (m + r) * cRow, cRow, add);
            }
        }
    }

    private void columns(int count, int depth, Object a, int aStart, int lda, GemmWorkspace workspace) {
        if (count <= tile.chunkRows()) {
            kernels().columns(count, depth, a, aStart, lda, workspace.array);
        } else {
            kernels().manyColumns(count, depth, a, aStart, lda, workspace.array);
        }
    }

    private void panel(int rows, int width, int depth, Object a, int aStart, int aRow, int aStep, MemorySegment packed, long packedStart,
            Object c, int cStart, int cRow, boolean add) {
        int packedRow = packedRow(width);
        if (width == panelWidth) {
            for (int m = 0; m < rows; m += tile.rows()) {
                int count = Math.min(tile.rows(), rows - m);
                if (aStep == 1) {
                    kernels().packedTile(count, width, depth, a, aStart + m * aRow, aRow, 1, packed, packedStart, packedRow,
                            c, cStart + m * cRow, cRow, add);
                } else {
                    kernels().packedTileOfTransposed(count, width, depth, a, aStart + m * aRow, aRow, aStep, packed, packedStart, packedRow,
                            c, cStart + m * cRow, cRow, add);
                }
            }
            return;
        }
        int narrow = width / (2 * tile.lanes()) * 2 * tile.lanes();
        for (int n = 0; n < narrow; n += 2 * tile.lanes()) {
            for (int m = 0; m < rows; m += GemmTile.NARROW_ROWS) {
                kernels().narrow(Math.min(GemmTile.NARROW_ROWS, rows - m), 2 * tile.lanes(), depth,
                        a, aStart + m * aRow, aRow, aStep, packed, packedStart + n, packedRow, c, cStart + m * cRow + n, cRow, add);
            }
        }
        for (int n = narrow; n < width; n += tile.lanes()) {
            for (int m = 0; m < rows; m += GemmTile.EDGE_ROWS) {
                kernels().edge(Math.min(GemmTile.EDGE_ROWS, rows - m), Math.min(tile.lanes(), width - n), depth,
                        a, aStart + m * aRow, aRow, aStep, packed, packedStart + n, packedRow, c, cStart + m * cRow + n, cRow, add);
            }
        }
    }

    /** Copies a block of op(B), {@code width} columns wide, row by row. */
    private void pack(boolean transpose, int width, int depth, Object b, int bStart, int ldb, MemorySegment packed, long packedStart, GemmWorkspace workspace) {
        int packedRow = packedRow(width);
        if (!transpose) {
            kernels().copy(width, depth, b, bStart, ldb, packed, packedStart, packedRow);
            return;
        }
        int lanes = tile.packLanes();
        for (int n = 0; n < width; n += lanes) {
            int rows = Math.min(lanes, width - n);
            int start = bStart + n * ldb;
            if (depth >= lanes) {
                kernels().transpose(rows, depth, b, start, ldb, packed, packedStart + n, packedRow);
            } else {
                int square = DEPTH * GemmTile.CHUNKS * tile.chunkRows();
                for (int r = 0; r < rows; r++) {
                    System.arraycopy(b, start + r * ldb, workspace.array, square + r * lanes, depth);
                }
                kernels().transpose(rows, lanes, workspace.array, square, lanes, packed, packedStart + n, packedRow);
            }
        }
    }

    @Override
    public String toString() {
        return "Gemm[" + dtype + ", " + tile + "]";
    }
}
