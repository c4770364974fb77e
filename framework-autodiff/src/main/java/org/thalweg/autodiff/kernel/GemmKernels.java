package org.thalweg.autodiff.kernel;

/**
 * The inner loops of {@link Gemm}, generated for one element type and one vector width. Five methods are all there is, because each must be
 * compiled by the JIT before it is fast: short tiles compute their last row several times instead of there being variants for fewer rows.
 */
abstract class GemmKernels {
    /**
     * One tile of C, {@code rows} (at least 1, at most the tile's) by the tile's full width.
     *
     * @param rows rows of C to compute
     * @param width columns of C to compute
     * @param depth length of the chain of fused multiply-adds
     * @param aRow distance between the elements of A for neighbouring rows of C
     * @param aStep distance between the elements of A along the chain; here 1
     * @param add add to C instead of overwriting it
     */
    abstract void tile(int rows, int width, int depth, Object a, int aStart, int aRow, int aStep, Object b, int bStart, int bRow,
            Object c, int cStart, int cRow, boolean add);

    /** The same for any {@code aStep}. */
    abstract void tileOfTransposed(int rows, int width, int depth, Object a, int aStart, int aRow, int aStep, Object b, int bStart, int bRow,
            Object c, int cStart, int cRow, boolean add);

    /** The same for any {@code aStep} and a tile one vector wide, of which {@code width} lanes (at least 1) count; at most {@link GemmTile#EDGE_ROWS} rows. */
    abstract void edge(int rows, int width, int depth, Object a, int aStart, int aRow, int aStep, Object b, int bStart, int bRow,
            Object c, int cStart, int cRow, boolean add);

    /** The same for any {@code aStep} and a tile two vectors wide, where all lanes count; at most {@link GemmTile#NARROW_ROWS} rows. */
    abstract void narrow(int rows, int width, int depth, Object a, int aStart, int aRow, int aStep, Object b, int bStart, int bRow,
            Object c, int cStart, int cRow, boolean add);

    /**
     * Copies {@code rows} rows of B (1 to {@link GemmTile#packLanes()}) to as many columns, and something to the columns up to
     * {@code packLanes}.
     *
     * @param depth length of the rows, at least {@code packLanes}
     */
    abstract void transpose(int rows, int depth, Object b, int bStart, int bRow, Object packed, int packedStart, int packedRow);
}
