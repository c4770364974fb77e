package org.thalweg.bench.fastcsv;

import de.siegmar.fastcsv.reader.CsvReader;
import java.nio.file.Path;
import java.util.Optional;
import org.thalweg.app.workload.Operation;
import org.thalweg.bench.CsvReading;
import org.thalweg.bench.Library;
import org.thalweg.bench.Measuring;
import org.thalweg.bench.Side;

/** FastCSV and the JDK's own parsing of numbers, on one thread. */
final class FastCsvSide implements Side {
    public static void main(String[] arguments) {
        Measuring.main(_ -> new FastCsvSide(), arguments);
    }

    @Override
    public String version() {
        return Library.of(CsvReader.class);
    }

    @Override
    public Optional<Operation> read(CsvReading reading, Path file) {
        return Optional.of(new FastCsvPass(reading, file));
    }
}
