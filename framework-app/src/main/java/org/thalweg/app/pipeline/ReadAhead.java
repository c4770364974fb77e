package org.thalweg.app.pipeline;

import java.lang.reflect.Array;
import java.util.Arrays;
import org.thalweg.api.data.Dataset;
import org.thalweg.app.pipeline.BatchColumns.BatchColumn;
import org.thalweg.autodiff.compile.ElementArrays;

/**
 * Reads the batch that comes next into arrays of its own, on a thread of its own, while the program computes with the present one. The numbers
 * are the same as without; what goes wrong while a batch is read is thrown where it is asked for. Used by one thread.
 */
final class ReadAhead implements AutoCloseable {
    private enum State {
        IDLE, ASKED, READ, CLOSED
    }

    private final Dataset data;

    // What is read ahead, or was: written by the asking thread while nothing is asked for, and then by the reading one.
    private BatchColumn[] columns = {};
    private BatchColumn[] aside = {};
    private int[] numbers;
    private int[] rows;
    private int from;
    private int count;
    private Throwable failure;

    /** Guarded by this. */
    private State state = State.IDLE;

    private Thread thread;

    ReadAhead(Dataset data) {
        this.data = data;
    }

    /**
     * Fills the columns' arrays with {@code count} rows, {@code rows[from]} first, and begins to read those that follow there, which must stay
     * what they are until they are asked for or this is closed.
     *
     * @param numbers of the columns in the data
     */
    void read(BatchColumn[] columns, int[] numbers, int[] rows, int from, int count) {
        if (hasRead(columns, rows, from, count)) {
            for (int i = 0; i < columns.length; i++) {
                System.arraycopy(aside[i].array(), 0, columns[i].array(), 0, count * (int) columns[i].column().shape().size());
            }
        } else {
            BatchReader.read(data, columns, numbers, rows, from, count);
        }
        int next = Math.min(count, rows.length - from - count);
        if (next > 0) {
            ask(columns, numbers, rows, from + count, next);
        }
    }

    /** Waits for what was asked for, if anything was; whether it is this. */
    private synchronized boolean hasRead(BatchColumn[] columns, int[] rows, int from, int count) {
        if (state == State.IDLE) {
            return false;
        }
        await(State.READ);
        state = State.IDLE;
        if (this.columns != columns || this.rows != rows || this.from != from || this.count != count) {
            return false;
        }
        switch (failure) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(failure);
        }
        return true;
    }

    private synchronized void ask(BatchColumn[] columns, int[] numbers, int[] rows, int from, int count) {
        if (this.columns != columns) {
            this.columns = columns;
            aside = Arrays.stream(columns).map(ReadAhead::likewise).toArray(BatchColumn[]::new);
        }
        this.numbers = numbers;
        this.rows = rows;
        this.from = from;
        this.count = count;
        failure = null;
        state = State.ASKED;
        if (thread == null) {
            thread = Thread.ofPlatform().daemon().name("thalweg-read-ahead").start(this::serve);
        }
        notifyAll();
    }

    private static BatchColumn likewise(BatchColumn column) {
        int length = Array.getLength(column.array());
        return new BatchColumn(column.column(), column.dtype(), ElementArrays.allocate(column.dtype(), length));
    }

    private void serve() {
        while (isAsked()) {
            try {
                BatchReader.read(data, aside, numbers, rows, from, count);
            } catch (RuntimeException | Error e) {
                failure = e;
            }
            synchronized (this) {
                if (state == State.ASKED) {
                    state = State.READ;
                    notifyAll();
                }
            }
        }
    }

    private synchronized boolean isAsked() {
        while (state != State.ASKED && state != State.CLOSED) {
            waitForChange();
        }
        return state == State.ASKED;
    }

    private void await(State wanted) {
        boolean interrupted = false;
        while (state != wanted) {
            interrupted |= waitForChange();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the thread was interrupted meanwhile: reading a batch is not broken off. */
    private boolean waitForChange() {
        try {
            wait();
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** Ends the thread, after the batch that it is at. Reading again starts another. */
    @Override
    public void close() {
        if (thread == null) {
            return;
        }
        synchronized (this) {
            state = State.CLOSED;
            notifyAll();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        thread = null;
        synchronized (this) {
            state = State.IDLE;
        }
    }
}
