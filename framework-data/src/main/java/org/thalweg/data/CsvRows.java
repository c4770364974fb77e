package org.thalweg.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.settings.Suggestion;
import org.thalweg.api.tensor.Shape;

/** Reads the lines of one file of comma-separated values; used once. */
final class CsvRows {
    private final Csv settings;
    private final DataFile file;
    private final DoubleStream.Builder inputs = DoubleStream.builder();
    private int width;
    private List<String> names = List.of();
    private int[] features;
    private int targetColumn = -1;
    private CsvTarget target;

    CsvRows(Csv settings, DataFile file) {
        this.settings = settings;
        this.file = file;
    }

    Dataset read(InputStream in) throws IOException {
        try (CsvReader<CsvRecord> lines = lines(in)) {
            int rows = 0;
            for (CsvRecord line : lines) {
                boolean first = features == null;
                if (first) {
                    start(line);
                }
                if (!first || !settings.header()) {
                    row(line);
                    rows++;
                }
            }
            if (rows == 0) {
                throw file.problem(settings.header()
                        ? "there is no row of values after the header; add rows, or set header to false where the first line has values"
                        : "the file has no rows; add some");
            }
        } catch (CsvParseException e) {
            throw file.problem("the quotes do not match: " + e.getMessage() + "; correct the line, or set another delimiter", e);
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CharacterCodingException) {
                throw file.problem("this is not UTF-8 text; convert the file, or check that it is the right one", e);
            }
            throw e.getCause();
        }
        List<ColumnValues> columns = new ArrayList<>();
        columns.add(ColumnValues.numbers(Column.INPUT, Shape.of(features.length), inputs.build().toArray()));
        if (target != null) {
            columns.add(target.column());
        }
        return InMemory.of(columns);
    }

    private CsvReader<CsvRecord> lines(InputStream in) throws IOException {
        // A decoder of its own reports malformed bytes, where the usual one would replace them.
        Reader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
        reader.mark(1);
        try {
            if (reader.read() != '\ufeff') {
                reader.reset();
            }
        } catch (CharacterCodingException e) {
            throw new UncheckedIOException(e);
        }
        return CsvReader.builder()
                .fieldSeparator(settings.delimiter())
                .allowUnclosedQuote(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(reader);
    }

    /** Finds the columns once the first line is known. */
    private void start(CsvRecord line) {
        width = line.getFieldCount();
        if (settings.header()) {
            names = line.getFields().stream().map(String::strip).toList();
        }
        if (settings.target().isPresent()) {
            targetColumn = column("target", settings.target().get());
            target = new CsvTarget(settings, file, describe(targetColumn));
        }
        features = settings.features().isEmpty()
                ? IntStream.range(0, width).filter(column -> column != targetColumn).toArray()
                : settings.features().stream().mapToInt(name -> column("features", name)).toArray();
        Set<Integer> seen = new HashSet<>();
        for (int feature : features) {
            if (feature == targetColumn || !seen.add(feature)) {
                String role = feature == targetColumn ? "the target and also" : "twice";
                throw file.problem(describe(feature) + " is " + role + " among the features; take it out of features");
            }
        }
        if (features.length == 0) {
            throw file.problem("no column is left for the features; check that the delimiter is '" + settings.delimiter() + "'");
        }
    }

    /** A column by name, or else by number. */
    private int column(String setting, String name) {
        int places = Collections.frequency(names, name);
        if (places > 1) {
            throw file.problem(places + " columns are called '" + name + "'; name the one for " + setting + " by its number, counted from 1");
        }
        if (places == 1) {
            return names.indexOf(name);
        }
        OptionalDouble number = number(name);
        for (int column = 0; number.isPresent() && column < width; column++) {
            if (number.getAsDouble() == column + 1) {
                return column;
            }
        }
        String remedy = names.isEmpty() ? "use a number from 1 to " + width : Suggestion.forName(name, names);
        throw file.problem("there is no column '" + name + "' for " + setting + "; " + remedy);
    }

    private void row(CsvRecord line) {
        if (line.getFieldCount() != width) {
            throw file.problem(line.getStartingLineNumber(), "the numbers of values in this row and in the first line differ, "
                    + line.getFieldCount() + " and " + width + "; correct the row, and check that the delimiter is '" + settings.delimiter() + "'");
        }
        for (int feature : features) {
            String text = value(line, feature);
            OptionalDouble number = number(text);
            if (number.isEmpty()) {
                throw file.problem(line.getStartingLineNumber(), describe(feature) + ": '" + text
                        + "' is not a number; correct it, or leave the column out of features");
            }
            inputs.add(number.getAsDouble());
        }
        if (target != null) {
            target.add(value(line, targetColumn), line.getStartingLineNumber());
        }
    }

    private String value(CsvRecord line, int column) {
        String text = line.getField(column).strip();
        if (text.isEmpty()) {
            throw file.problem(line.getStartingLineNumber(), describe(column) + ": the value is missing; fill it in, or remove the row");
        }
        return text;
    }

    private String describe(int column) {
        return "column " + (column + 1) + (names.isEmpty() ? "" : " '" + names.get(column) + "'");
    }

    /** A finite decimal number; Java's suffixes and hexadecimal forms are none. */
    static OptionalDouble number(String text) {
        for (int i = 0; i < text.length(); i++) {
            if ("0123456789+-.eE".indexOf(text.charAt(i)) < 0) {
                return OptionalDouble.empty();
            }
        }
        try {
            double number = Double.parseDouble(text);
            return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}
