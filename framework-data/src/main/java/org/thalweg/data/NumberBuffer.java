package org.thalweg.data;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Numbers as they are read, of which nobody knows yet how many there are. They are kept in blocks, so that growing copies nothing, each block in
 * the smallest type that holds its numbers exactly; in memory, or in a file where the {@link ColumnStore} says so.
 */
final class NumberBuffer {
    private static final int BLOCK = 1 << 16;

    /**
     * A full block.
     *
     * @param held its numbers, big-endian; null where they are in the file
     * @param start its place in the file
     */
    private record Block(NumberWidth width, int count, ByteBuffer held, long start) {}

    private final ColumnStore store;
    private final boolean single;
    private final List<Block> blocks = new ArrayList<>();
    private final double[] last;
    private int used;
    private long full;
    private NumberWidth widest = NumberWidth.BYTE;

    /**
     * An empty buffer.
     *
     * @param rowSize numbers of a row: none is divided between blocks
     * @param single whether every number is rounded to single precision
     */
    NumberBuffer(ColumnStore store, int rowSize, boolean single) {
        this.store = store;
        this.single = single;
        this.last = new double[Math.max(1, BLOCK / rowSize) * rowSize];
    }

    void add(double number) {
        if (used == last.length) {
            endBlock();
        }
        last[used++] = single ? (float) number : number;
    }

    /** How many bytes the numbers of all full blocks take as one array. */
    long bytes() {
        return full * widest.bytes();
    }

    /** How many numbers full blocks have. */
    long full() {
        return full;
    }

    /** Ends the last block, at the end of the data. */
    void end() {
        if (used > 0) {
            endBlock();
        }
    }

    private void endBlock() {
        NumberWidth width = NumberWidth.of(last, used);
        if (width.compareTo(widest) > 0) {
            widest = width;
        }
        Block block = new Block(width, used, width.encode(last, used), 0);
        blocks.add(store.isInFile() ? written(block) : block);
        full += used;
        used = 0;
        store.grown();
    }

    /** Moves all blocks to the file. */
    void move() {
        blocks.replaceAll(this::written);
    }

    private Block written(Block block) {
        return new Block(block.width, block.count, null, store.write(block.held));
    }

    /** All numbers, after the end: in the smallest array that holds them, or in the file. */
    Values values() {
        return store.isInFile() ? mapped() : joined();
    }

    private Values mapped() {
        return new Blocks(blocks.stream().map(block -> block.width.mapped(store.content().asSlice(block.start, (long) block.count * block.width.bytes()))).toList(),
                last.length);
    }

    private Values joined() {
        int at = 0;
        switch (widest) {
            case BYTE -> {
                byte[] all = new byte[(int) full];
                for (Block block : blocks) {
                    block.held.get(0, all, at, block.count);
                    at += block.count;
                }
                return new Values.Bytes(all, 0xff);
            }
            case FLOAT -> {
                float[] all = new float[(int) full];
                for (Block block : blocks) {
                    for (int i = 0; i < block.count; i++) {
                        all[at++] = (float) block.width.get(block.held, i);
                    }
                }
                return new Values.Floats(all);
            }
            default -> {
                double[] all = new double[(int) full];
                for (Block block : blocks) {
                    for (int i = 0; i < block.count; i++) {
                        all[at++] = block.width.get(block.held, i);
                    }
                }
                return new Values.Doubles(all);
            }
        }
    }
}
