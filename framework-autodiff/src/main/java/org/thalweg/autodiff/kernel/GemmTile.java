package org.thalweg.autodiff.kernel;

import org.thalweg.api.tensor.DType;

/**
 * The part of C that a micro-kernel keeps in registers.
 *
 * @param vectorBits width of a vector; 0 for plain Java, which has no micro-kernel
 * @param lanes elements in a vector; 1 for plain Java
 * @param rows rows of the tile
 * @param vectors width of the tile, in vectors
 */
record GemmTile(int vectorBits, int lanes, int rows, int vectors) {
    /** Rows of the narrow tile at the right edge. With more, the JVM's first compiler runs out of registers and gives up on the kernel. */
    static final int EDGE_ROWS = 4;

    /** Rows of the tile of two vectors, which takes what is narrower than a panel but not narrower than two vectors. */
    static final int NARROW_ROWS = 8;

    /** Rows that are multiplied by a vector at once. */
    static final int VECTOR_ROWS = 4;

    /** Chunks of rows that are copied at once: whoever reads one row of a transposed A should read a few cache lines of it. */
    static final int CHUNKS = 4;

    /**
     * As many sums as the registers hold beside a row of B and one element of A: 32 registers at 512 bit and, on the machines whose widest
     * vector is 128 bit, at 128; 16 at 256 bit. For plain Java it only says how to split work.
     */
    static GemmTile of(DType dtype, int vectorBits) {
        if (!dtype.isFloating()) {
            throw new IllegalArgumentException("matrix multiplication is for FLOAT32 and FLOAT64, not " + dtype);
        }
        int lanes = vectorBits / 8 / dtype.bytes();
        return switch (vectorBits) {
            case 0 -> new GemmTile(0, 1, 4, 64);
            case 128, 512 -> new GemmTile(vectorBits, lanes, 4, 4);
            case 256 -> new GemmTile(256, lanes, 6, 2);
            default -> throw new IllegalArgumentException("vectorBits must be 0, 128, 256 or 512, not " + vectorBits);
        };
    }

    /** Vectors that hold the elements of A at one step of the chain for whole tiles, where A is transposed. */
    int chunkVectors() {
        return switch (vectorBits) {
            case 128 -> 4;
            case 256 -> 3;
            default -> 1;
        };
    }

    /** Rows of C that are multiplied together where A is transposed. */
    int chunkRows() {
        return chunkVectors() * lanes;
    }

    /** Rows and columns of a tile of dot products; their lanes fill 64 bytes each. */
    int dotRows() {
        return vectorBits == 512 ? 4 : 2;
    }

    /** Vectors that make up the lanes of a dot product. */
    int dotVectors() {
        return 512 / Math.max(1, vectorBits);
    }

    /** Vector width of the transposing copy: a square of 512 bit vectors would not fit the registers. */
    int packBits() {
        return Math.min(256, vectorBits);
    }

    int packLanes() {
        return lanes * packBits() / vectorBits;
    }
}
