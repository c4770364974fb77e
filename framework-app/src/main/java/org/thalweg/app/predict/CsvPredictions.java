package org.thalweg.app.predict;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.thalweg.api.data.DataException;

/** Adds answers to the rows of a file of comma-separated values. Holds one batch at a time. */
final class CsvPredictions {
    private final String file;
    private final char delimiter;
    private final FeatureChoice choice;
    private final Answers answers;
    private final boolean scores;
    private final List<CsvRecord> batch = new ArrayList<>();
    private int width;
    private int[] places;
    private long rows;

    CsvPredictions(String file, char delimiter, FeatureChoice choice, Answers answers, boolean scores) {
        this.file = file;
        this.delimiter = delimiter;
        this.choice = choice;
        this.answers = answers;
        this.scores = scores;
    }

    /** Copies the rows with their answers; the number of rows. */
    long copy(Reader in, Writer out) throws IOException {
        CsvReader<CsvRecord> reader = CsvReader.builder()
                .fieldSeparator(delimiter)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(in);
        CsvWriter writer = CsvWriter.builder().fieldSeparator(delimiter).lineDelimiter(LineDelimiter.LF).build(out);
        try {
            Iterator<CsvRecord> records = reader.iterator();
            if (!records.hasNext()) {
                throw new DataException(file + " has no rows: give it one row a line, with or without a header");
            }
            begin(records.next(), writer);
            while (records.hasNext()) {
                add(records.next(), writer);
            }
            flush(writer);
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        } catch (CsvParseException malformed) {
            throw new DataException(file + ": " + malformed.getMessage() + "; correct its quotes", malformed);
        }
        writer.flush();
        return rows;
    }

    /** The first line names the columns unless all of it is numbers, or what the features can be. */
    private void begin(CsvRecord first, CsvWriter writer) {
        width = first.getFieldCount();
        boolean header = first.getFields().stream().anyMatch(field -> !field.isBlank() && !isNumber(field)) && !choice.isRow(first.getFields());
        List<String> names = header ? first.getFields().stream().map(String::strip).toList() : List.of();
        places = choice.of(names, width, place(first));
        if (!header) {
            add(first, writer);
            return;
        }
        List<String> more = newColumns();
        more.stream().filter(names::contains).findFirst().ifPresent(name -> {
            throw new DataException(place(first) + ": there is a column '" + name + "' already; give it another name, or leave it out");
        });
        writer.writeRecord(concat(first.getFields(), more));
    }

    private List<String> newColumns() {
        List<String> columns = new ArrayList<>();
        if (!answers.isClass()) {
            List<String> names = answers.names();
            return names.size() == 1 ? List.of("prediction") : names.stream().map(name -> "prediction." + name).toList();
        }
        columns.add("prediction");
        columns.add(answers.certainty());
        if (scores) {
            answers.names().forEach(name -> columns.add(answers.certainty() + "." + name));
        }
        return columns;
    }

    private void add(CsvRecord row, CsvWriter writer) {
        if (row.getFieldCount() == 1 && row.getField(0).isBlank() && width > 1) {
            return;
        }
        if (row.getFieldCount() != width) {
            throw new DataException(place(row) + ": " + row.getFieldCount() + (row.getFieldCount() == 1 ? " value" : " values")
                    + ", but the first line has " + width + "; correct the row");
        }
        List<String> texts = IntStream.of(places).mapToObj(row::getField).toList();
        answers.set(batch.size(), choice.encode(texts, (feature, what) ->
                new DataException(place(row) + ": column " + (places[feature] + 1) + " " + what.getMessage(), what)));
        batch.add(row);
        if (batch.size() == answers.batch()) {
            flush(writer);
        }
    }

    private void flush(CsvWriter writer) {
        if (batch.isEmpty()) {
            return;
        }
        List<Answer> given = answers.answer(batch.size(), i -> place(batch.get(i)));
        for (int i = 0; i < given.size(); i++) {
            writer.writeRecord(concat(batch.get(i).getFields(), cells(given.get(i))));
        }
        rows += batch.size();
        batch.clear();
    }

    private List<String> cells(Answer answer) {
        List<String> cells = new ArrayList<>();
        if (answers.isClass()) {
            cells.add(answer.classes());
            cells.add(answers.shown(answer.certainty()).toString());
        }
        if (scores || !answers.isClass()) {
            for (double number : answer.numbers()) {
                cells.add(answers.shown(number).toString());
            }
        }
        return cells;
    }

    private static boolean isNumber(String text) {
        return text.strip().matches("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    }

    private String place(CsvRecord row) {
        return file + ":" + row.getStartingLineNumber();
    }

    private static List<String> concat(List<String> first, List<String> more) {
        List<String> all = new ArrayList<>(first);
        all.addAll(more);
        return all;
    }
}
