package org.thalweg.data;

import java.lang.foreign.Arena;
import java.util.List;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.data.Feature;
import org.thalweg.api.data.Schema;

/** A data set whose columns, or some of them, are files that are mapped into memory until it is closed. */
final class OnDisk implements Dataset {
    private final DataFile file;
    private final InMemory columns;
    private final Arena arena;

    /**
     * Columns and what they need.
     *
     * @param file for messages
     * @param arena of the files, closed with this
     */
    OnDisk(DataFile file, InMemory columns, Arena arena) {
        this.file = file;
        this.columns = columns;
        this.arena = arena;
    }

    @Override
    public Schema schema() {
        return columns.schema();
    }

    @Override
    public int size() {
        return columns.size();
    }

    @Override
    public List<Feature> features(String column) {
        return columns.features(column);
    }

    @Override
    public boolean isInMemory() {
        return false;
    }

    @Override
    public void read(int column, int[] rows, int from, int count, float[] target) {
        try {
            columns.read(column, rows, from, count, target);
        } catch (InternalError e) {
            throw unreadable(rows, from, count, e, (at, number) -> columns.read(column, rows, at, number, target));
        }
    }

    @Override
    public void read(int column, int[] rows, int from, int count, double[] target) {
        try {
            columns.read(column, rows, from, count, target);
        } catch (InternalError e) {
            throw unreadable(rows, from, count, e, (at, number) -> columns.read(column, rows, at, number, target));
        }
    }

    @Override
    public void read(int column, int[] rows, int from, int count, int[] target) {
        try {
            columns.read(column, rows, from, count, target);
        } catch (InternalError e) {
            throw unreadable(rows, from, count, e, (at, number) -> columns.read(column, rows, at, number, target));
        }
    }

    private interface Some {
        void read(int at, int count);
    }

    /** What is gone from a file after it was mapped is an error of the virtual machine, which knows of no rows. */
    private DataException unreadable(int[] rows, int from, int count, InternalError fault, Some some) {
        int lost = rows[from];
        for (int at = from; at < from + count; at++) {
            try {
                some.read(at, 1);
            } catch (InternalError e) {
                lost = rows[at];
                break;
            }
        }
        return file.problem("row " + lost + " cannot be read any more: the file was changed, or its disk failed, after it was opened; leave it"
                + " as it is until the run ends", new IllegalStateException(fault));
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
