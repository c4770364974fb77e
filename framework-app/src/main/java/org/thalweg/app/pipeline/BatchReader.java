package org.thalweg.app.pipeline;

import java.util.Optional;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.Dataset;
import org.thalweg.app.pipeline.BatchColumns.BatchColumn;

/** Reads rows of one data set into the arrays of a batch, and ahead of them where the data is not in memory. */
final class BatchReader implements AutoCloseable {
    private final Dataset data;
    private final String role;
    private final BatchColumns batch;
    private BatchColumn[] columns = {};
    private int[] numbers = {};
    private final Optional<ReadAhead> ahead;

    /**
     * A reader that fits.
     *
     * @param role what messages call the data: {@code training}
     * @throws DataException where the data lacks a column, or has it in another shape or type than the training data
     */
    BatchReader(Dataset data, String role, BatchColumns batch) {
        this.data = data;
        this.role = role;
        this.batch = batch;
        this.ahead = data.isInMemory() ? Optional.empty() : Optional.of(new ReadAhead(data));
        fit();
    }

    private void fit() {
        columns = batch.all().toArray(BatchColumn[]::new);
        numbers = new int[columns.length];
        for (int i = 0; i < numbers.length; i++) {
            Column expected = columns[i].column();
            numbers[i] = data.schema().indexOf(expected.name());
            if (numbers[i] < 0) {
                throw new DataException("the " + role + " data has no column '" + expected.name() + "'; it has " + data.schema().names());
            }
            Column found = data.schema().columns().get(numbers[i]);
            if (!found.shape().equals(expected.shape()) || found.dtype().isFloating() != expected.dtype().isFloating()) {
                throw new DataException("column '" + expected.name() + "' of the " + role + " data is " + found.dtype() + found.shape()
                        + " a row, but that of the training data is " + expected.dtype() + expected.shape());
            }
        }
    }

    Dataset data() {
        return data;
    }

    int size() {
        return data.size();
    }

    String role() {
        return role;
    }

    /**
     * Fills the arrays from their beginning with {@code count} rows, {@code rows[from]} first. The rows that follow there may be read ahead, and
     * must stay what they are until they are asked for or this is closed.
     */
    void read(int[] rows, int from, int count) {
        if (columns.length != batch.all().size()) {
            // A batch of another size may need what no other did.
            fit();
        }
        if (ahead.isPresent()) {
            ahead.get().read(columns, numbers, rows, from, count);
        } else {
            read(data, columns, numbers, rows, from, count);
        }
    }

    /** Fills the columns' arrays; {@code numbers} has the columns' numbers in the data. */
    static void read(Dataset data, BatchColumn[] columns, int[] numbers, int[] rows, int from, int count) {
        for (int i = 0; i < columns.length; i++) {
            switch (columns[i].dtype()) {
                case FLOAT32 -> data.read(numbers[i], rows, from, count, (float[]) columns[i].array());
                case FLOAT64 -> data.read(numbers[i], rows, from, count, (double[]) columns[i].array());
                case INT32, BOOL -> data.read(numbers[i], rows, from, count, (int[]) columns[i].array());
            }
        }
    }

    /** Ends reading ahead, with its thread. */
    @Override
    public void close() {
        ahead.ifPresent(ReadAhead::close);
    }
}
