package org.thalweg.bench.fastcsv;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.thalweg.app.workload.Operation;
import org.thalweg.bench.CsvReading;
import org.thalweg.bench.NumbersFile;

/** A pass through a file that adds up each column: its numbers, or the lengths of its values. */
final class FastCsvPass implements Operation {
    private final CsvReading reading;
    private final Path file;
    private final double[] sums = new double[NumbersFile.COLUMNS.size()];

    FastCsvPass(CsvReading reading, Path file) {
        this.reading = reading;
        this.file = file;
    }

    @Override
    public void run() {
        Arrays.fill(sums, 0);
        try (CsvReader<Boolean> lines = CsvReader.builder().build(values(), file)) {
            lines.forEach(_ -> {});
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private Values values() {
        return switch (reading) {
            case DOUBLE -> new Values() {
                @Override
                void add(int column, char[] text, int offset, int length) {
                    sums[column] += Double.parseDouble(new String(text, offset, length));
                }
            };
            case FLOAT -> new Values() {
                @Override
                void add(int column, char[] text, int offset, int length) {
                    sums[column] += Float.parseFloat(new String(text, offset, length));
                }
            };
            case FIELDS -> new Values() {
                @Override
                void add(int column, char[] text, int offset, int length) {
                    sums[column] += length;
                }
            };
        };
    }

    /** What the parser calls; a text is made of no more values than needs be. */
    private abstract static class Values extends AbstractBaseCsvCallbackHandler<Boolean> {
        private boolean isAfterNames;

        abstract void add(int column, char[] text, int offset, int length);

        @Override
        protected void handleField(int column, char[] text, int offset, int length, boolean quoted) {
            if (isAfterNames) {
                add(column, text, offset, length);
            }
        }

        @Override
        protected Boolean buildRecord() {
            isAfterNames = true;
            return true;
        }
    }

    @Override
    public double[] figures() {
        return sums.clone();
    }
}
