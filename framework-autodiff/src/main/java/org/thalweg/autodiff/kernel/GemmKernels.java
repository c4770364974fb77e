package org.thalweg.autodiff.kernel;

import java.lang.foreign.MemorySegment;

/**
 * The inner loops of {@link Gemm}, generated for one element type and one vector width. A few methods are all there is, because each must be
 * compiled by the JIT before it is fast: short tiles compute their last row several times instead of there being variants for fewer rows.
 * Each returns at once where its first parameter is 0, which is what {@link Exercise} calls most.
 */
abstract class GemmKernels {
    /**
     * The class of native memory. Kernels cast to it, since the JVM shares one profile among all callers of the Vector API: as soon as vector code anywhere in the
     * process meets memory on the heap, as its interpreter does by itself, code that does not know the class calls methods of memory instead of inlining them.
     */
    static final Class<?> NATIVE = MemorySegment.NULL.getClass();

    static {
        // The class of memory on the heap is loaded now: if it were when these kernels are in use, the JVM would throw away all that it compiled while there was only one.
        MemorySegment.ofArray(new byte[1]);
    }

    /**
     * One tile of C, {@code rows} (at least 1, at most the tile's) by the tile's full width, of B as it is stored.
     *
     * @param rows rows of C to compute
     * @param depth length of the chain of fused multiply-adds
     * @param aRow distance between the elements of A for neighbouring rows of C; along the chain they are neighbours
     * @param add add to C instead of overwriting it
     */
    abstract void tile(int rows, int depth, Object a, int aStart, int aRow, Object b, int bStart, int bRow, Object c, int cStart, int cRow, boolean add);

    /**
     * The same of a packed block of B.
     *
     * @param width columns of C to compute; here all of the tile's
     * @param aStep distance between the elements of A along the chain; here 1
     * @param packedStart the element that the block begins with
     * @param packedRow distance between the rows of the block; here the tile's width
     */
    abstract void packedTile(int rows, int width, int depth, Object a, int aStart, int aRow, int aStep, MemorySegment packed, long packedStart, int packedRow,
            Object c, int cStart, int cRow, boolean add);

    /** The same for elements of A along the chain that are {@link GemmTile#chunkRows()} apart. */
    abstract void packedTileOfTransposed(int rows, int width, int depth, Object a, int aStart, int aRow, int aStep,
            MemorySegment packed, long packedStart, int packedRow, Object c, int cStart, int cRow, boolean add);

    /** The same for any {@code aStep} and a tile one vector wide, of which {@code width} lanes (at least 1) count; at most {@link GemmTile#EDGE_ROWS} rows. */
    abstract void edge(int rows, int width, int depth, Object a, int aStart, int aRow, int aStep, MemorySegment packed, long packedStart, int packedRow,
            Object c, int cStart, int cRow, boolean add);

    /** The same for any {@code aStep} and a tile two vectors wide, where all lanes count; at most {@link GemmTile#NARROW_ROWS} rows. */
    abstract void narrow(int rows, int width, int depth, Object a, int aStart, int aRow, int aStep, MemorySegment packed, long packedStart, int packedRow,
            Object c, int cStart, int cRow, boolean add);

    /**
     * A full tile of C whose rows of B begin anywhere: row p of B at {@code bStart + bRows[p]}.
     *
     * @param rows rows of C to compute, at least 1
     * @param depth length of the chain of fused multiply-adds
     */
    abstract void shifted(int rows, int depth, Object a, int aStart, int aRow, Object b, int bStart, int[] bRows, Object c, int cStart, int cRow);

    /**
     * Adds to the lanes of the dot products of {@link GemmTile#dotRows()} rows of A with as many rows of B, which begin anywhere: element i is added to lane i modulo
     * the number of lanes, with a fused multiply-add. Lanes fill 64 bytes; those of row r with column q begin at {@code lanesStart} and
     * {@code (r dotRows + q)} times their number.
     * Rows past the last one repeat it.
     *
     * @param rows rows of A, at least 1
     * @param columns rows of B, at least 1
     * @param length of the rows, whole lanes
     * @param first of the numbers in {@code bRows} that count
     */
    abstract void dots(int rows, int columns, int length, Object a, int aStart, int aRow, Object b, int bStart, int[] bRows, int first, Object lanes,
            int lanesStart);

    /**
     * One row of C, at most the tile's width, of B as it is stored.
     *
     * @param width columns of C to compute, at least 1
     * @param depth length of the chain of fused multiply-adds
     */
    abstract void row(int width, int depth, Object a, int aStart, Object b, int bStart, int bRow, Object c, int cStart);

    /**
     * The dot products of rows of A with a vector x: element i is added to lane i modulo the number of lanes, which fill 64 bytes, with a fused multiply-add, after the last
     * one zeros until every lane had as many, and then the upper half of the lanes is added to the lower until one is left.
     *
     * @param rows rows of A, 1 to {@link GemmTile#VECTOR_ROWS}
     * @param length of the rows
     * @param y the products, side by side
     */
    abstract void rowDots(int rows, int length, Object a, int aStart, int aRow, Object x, int xStart, Object y, int yStart);

    /**
     * Copies rows of B to a packed block.
     *
     * @param width numbers of a row, at most the tile's width; after them something is written, up to the tile's width, which the next row overwrites
     * @param depth the number of rows
     */
    abstract void copy(int width, int depth, Object b, int bStart, int bRow, MemorySegment packed, long packedStart, int packedRow);

    /**
     * Copies columns of A, which is stored transposed, side by side: element p of them all, then element p + 1.
     *
     * @param columns to copy, at most {@link GemmTile#chunkRows()}, which is what the copy has; something is written for the others
     * @param depth the length of the columns
     */
    abstract void columns(int columns, int depth, Object a, int aStart, int aRow, Object copy);

    /** The same for up to {@link GemmTile#CHUNKS} times as many columns, which become as many copies, one after the other. */
    abstract void manyColumns(int columns, int depth, Object a, int aStart, int aRow, Object copy);

    /**
     * Copies {@code rows} rows of B (1 to {@link GemmTile#packLanes()}) to as many columns of a packed block, and something to the columns up to
     * {@code packLanes}.
     *
     * @param depth length of the rows, at least {@code packLanes}
     */
    abstract void transpose(int rows, int depth, Object b, int bStart, int bRow, MemorySegment packed, long packedStart, int packedRow);
}
