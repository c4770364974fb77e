package org.thalweg.app.listener;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.thalweg.api.training.TrainingListener;

/**
 * Writes a row of comma-separated values for every epoch as it ends, below a row of names: a table for a spreadsheet. What is not finite is an
 * empty cell. A file that is there already is continued.
 */
public final class CsvListener implements TrainingListener {
    private final Path file;

    /** Appends to a file, which need not be there yet. */
    public CsvListener(Path file) {
        this.file = file;
    }

    @Override
    public void epochEnded(EpochEnded event) {
        if (Files.notExists(file)) {
            write(line(Stream.of(List.of("epoch", "step"), event.metrics().keySet(), List.of("seconds", "samplesPerSecond")).flatMap(names -> names.stream())));
        }
        Stream<Double> figures = Stream.concat(event.metrics().values().stream(), Stream.of(event.seconds(), event.samplesPerSecond()));
        write(line(Stream.concat(Stream.of(event.epoch(), event.step()).map(String::valueOf), figures.map(CsvListener::cell))));
    }

    private static String cell(Double value) {
        return value != null && Double.isFinite(value) ? value.toString() : "";
    }

    private static String line(Stream<String> cells) {
        return cells.collect(Collectors.joining(",", "", "\n"));
    }

    private void write(String line) {
        try {
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
        }
    }
}
