package org.thalweg.bench.ours;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.thalweg.api.data.DataContext;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.settings.Settings;
import org.thalweg.app.workload.Operation;
import org.thalweg.bench.NumbersFile;
import org.thalweg.data.Csv;

/** A pass of the data source {@code csv} through a file, to a data set that training could begin with. */
final class CsvPass implements Operation {
    private final Csv source;
    private final DataContext context;
    private Dataset data;

    CsvPass(Path file, boolean singlePrecision) {
        source = Settings.of(Csv.class, Map.of("file", file.toString(), "singlePrecision", singlePrecision));
        context = new DataContext(file.getParent());
    }

    @Override
    public void run() {
        if (data != null) {
            data.close();
            data = null;
        }
        try {
            data = source.open(context);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    @Override
    public double[] figures() {
        double[] sums = new double[NumbersFile.COLUMNS.size()];
        int[] rows = IntStream.range(0, data.size()).toArray();
        double[] row = new double[sums.length];
        for (int i = 0; i < rows.length; i++) {
            data.read(0, rows, i, 1, row);
            for (int column = 0; column < sums.length; column++) {
                sums[column] += row[column];
            }
        }
        return sums;
    }
}
