package org.thalweg.data;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.data.Feature;

/** Holds the numbers of a file's columns while they are read: in memory as long as they keep within a limit, then in a scratch file. */
final class ColumnStore implements AutoCloseable {
    private final DataFile file;
    private final Storage storage;
    private final List<NumberBuffer> columns = new ArrayList<>();
    private Scratch scratch;
    private Arena arena;
    private MemorySegment content;

    ColumnStore(DataFile file, Storage storage) {
        this.file = file;
        this.storage = storage;
    }

    /**
     * A new column.
     *
     * @param rowSize numbers of a row
     * @param single whether every number is rounded to single precision
     */
    NumberBuffer column(int rowSize, boolean single) {
        NumberBuffer column = new NumberBuffer(this, rowSize, single);
        columns.add(column);
        return column;
    }

    boolean isInFile() {
        return scratch != null;
    }

    long write(ByteBuffer bytes) {
        return scratch.write(bytes);
    }

    /** What a column says when it has more: all columns move to the file once they are too large together. */
    void grown() {
        if (isInFile()) {
            return;
        }
        if (columns.stream().mapToLong(NumberBuffer::bytes).sum() > storage.limit()) {
            scratch = Scratch.open(file, storage.folder());
            columns.forEach(NumberBuffer::move);
        } else if (columns.stream().anyMatch(column -> column.full() > Storage.LONGEST_ARRAY)) {
            throw file.problem("there are more than " + Storage.LONGEST_ARRAY + " numbers, the most that one column in memory may hold; set memory"
                    + " to auto or disk, or divide the file");
        }
    }

    /** At the end of the data. */
    void end() throws IOException {
        columns.forEach(NumberBuffer::end);
        if (isInFile()) {
            arena = Arena.ofShared();
            content = scratch.map(arena);
        }
    }

    /** All that the file has, after the end. */
    MemorySegment content() {
        return content;
    }

    /**
     * A data set of columns over this store, which owns the file from then on.
     *
     * @param features how texts became the numbers of each column
     */
    Dataset dataset(List<ColumnValues> values, Map<String, List<Feature>> features) {
        InMemory data = InMemory.of(values, features);
        if (!isInFile()) {
            return data;
        }
        Dataset mapped = new OnDisk(file, data, arena);
        arena = null;
        return mapped;
    }

    @Override
    public void close() throws IOException {
        if (arena != null) {
            arena.close();
        }
        if (scratch != null) {
            scratch.close();
        }
    }
}
