package org.thalweg.data;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
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
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.data.Feature;
import org.thalweg.api.tensor.Shape;

/**
 * Reads the lines of one file of comma-separated values; used once. Values are taken from the parser's own array: a number never becomes a
 * text.
 */
final class CsvRows extends AbstractBaseCsvCallbackHandler<CsvRows> {
    private final Csv settings;
    private final DataFile file;
    private final ColumnStore store;
    private final List<String> first = new ArrayList<>();
    private final Map<Integer, List<String>> categories = new HashMap<>();
    private final List<CsvColumn> columns = new ArrayList<>();
    private final char[][] missing;
    private final boolean missingFirst;
    private CsvChoice choice;
    private int targetPlace = -1;
    private boolean targetDecided;
    private CsvField[] fields;
    private boolean[] required;

    /** Whether a column holds numbers, and no number stands for a missing value. */
    private boolean[] numeric;

    private double[] row;
    private DataException problem;
    private int rows;

    CsvRows(Csv settings, DataFile file, ColumnStore store) {
        this.settings = settings;
        this.file = file;
        this.store = store;
        this.missing = settings.missing().stream().map(text -> text.strip().toCharArray()).toArray(char[][]::new);
        this.missingFirst = missing.length > 0;
    }

    Dataset read(InputStream in) throws IOException {
        try (CsvReader<CsvRows> lines = lines(in)) {
            for (CsvRows line : lines) {
                if (line.fields == null) {
                    start();
                } else {
                    endRow(getFieldCount());
                }
            }
            if (rows == 0) {
                throw file.problem(fields != null
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
        store.end();
        return store.dataset(columns.stream().map(this::values).toList(), columns.stream().collect(Collectors.toMap(CsvColumn::name, this::features)));
    }

    private CsvReader<CsvRows> lines(InputStream in) throws IOException {
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
                .quoteCharacter(settings.quote().charAt(0))
                .allowUnclosedQuote(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .build(this, reader);
    }

    // What the parser calls, value by value

    @Override
    protected void handleField(int column, char[] text, int offset, int length, boolean quoted) {
        if (fields == null) {
            first.add(new String(text, offset, length));
        } else if (column < fields.length && fields[column] != null) {
            value(column, text, offset, offset + length);
        }
    }

    @Override
    protected CsvRows buildRecord() {
        return this;
    }

    private void value(int column, char[] text, int offset, int end) {
        int from = offset;
        int to = end;
        while (from < to && isSpace(text[from])) {
            from++;
        }
        while (from < to && isSpace(text[to - 1])) {
            to--;
        }
        if (numeric[column]) {
            double number = Decimal.parse(text, from, to);
            row[column] = number;
            if (!Double.isNaN(number)) {
                return;
            }
        }
        try {
            row[column] = from == to || missingFirst && isMissing(text, from, to)
                    ? missing(column)
                    : fields[column].number(text, from, to, getStartingLineNumber());
        } catch (DataException e) {
            // Told at the end of the row: if it has too few or too many values, that is what is wrong with it.
            problem = problem == null ? e : problem;
        }
    }

    /** Most values begin and end with characters for which no table needs to be asked. */
    private static boolean isSpace(char character) {
        return (character <= ' ' || character > '~') && Character.isWhitespace(character);
    }

    private boolean isMissing(char[] text, int from, int to) {
        for (char[] one : missing) {
            if (Arrays.equals(text, from, to, one, 0, one.length)) {
                return true;
            }
        }
        return false;
    }

    private double missing(int column) {
        if (!required[column] && settings.whenMissing() == Csv.WhenMissing.NAN) {
            return fields[column].type() == Csv.Type.CLASS ? CsvField.MISSING : Double.NaN;
        }
        throw file.problem(getStartingLineNumber(), fields[column].place() + ": the value is missing; fill it in, "
                + (required[column] ? "or remove the row" : "remove the row, or set whenMissing to nan"));
    }

    private void endRow(int count) {
        if (count != row.length) {
            throw file.problem(getStartingLineNumber(), "the numbers of values in this row and in the first line differ, " + count + " and "
                    + row.length + "; correct the row, and check that the delimiter is '" + settings.delimiter() + "'");
        }
        if (problem != null) {
            throw problem;
        }
        for (CsvColumn column : columns) {
            column.add(row);
        }
        if (++rows == Storage.LONGEST_ARRAY) {
            throw file.problem("there are more than " + rows + " rows, the most that a data set may have; divide the file");
        }
    }

    // Once, when the first line is known

    private void start() {
        choice = new CsvChoice(file, settings.header() ? first.stream().map(String::strip).toList() : List.of(), first.size());
        row = new double[first.size()];
        required = new boolean[first.size()];
        CsvField[] found = new CsvField[first.size()];
        Csv.Type[] types = types();
        if (settings.target().isPresent()) {
            targetPlace = choice.column("target", settings.target().get());
            found[targetPlace] = new CsvField(file, choice.describe(targetPlace), targetType(types[targetPlace]), true);
        }
        Map<String, int[]> chosen = new LinkedHashMap<>();
        int[] features = features();
        if (features.length > 0) {
            chosen.put(Column.INPUT, features);
        }
        if (targetPlace >= 0) {
            chosen.put(Column.TARGET, new int[] {targetPlace});
        }
        settings.columns().forEach((name, list) -> chosen.put(name, chosen("columns." + name, list)));
        chosen.forEach((name, columnPlaces) -> {
            for (int place : columnPlaces) {
                if (found[place] == null) {
                    found[place] = new CsvField(file, choice.describe(place), types[place] == null ? Csv.Type.NUMBER : types[place], false);
                }
            }
            CsvField[] columnFields = IntStream.of(columnPlaces).mapToObj(place -> found[place]).toArray(CsvField[]::new);
            CsvColumn column = new CsvColumn(file, name, columnPlaces, columnFields, settings.singlePrecision(), store);
            required[columnPlaces[0]] |= column.isClass() || columnPlaces[0] == targetPlace;
            columns.add(column);
        });
        fields = found;
        numeric = new boolean[row.length];
        for (int column = 0; column < row.length; column++) {
            numeric[column] = !missingFirst && found[column] != null && found[column].type() == Csv.Type.NUMBER;
        }
        if (!settings.header()) {
            for (int column = 0; column < row.length; column++) {
                handleField(column, first.get(column).toCharArray(), 0, first.get(column).length(), false);
            }
            endRow(row.length);
        }
    }

    /** The types that the settings give; null where they give none. */
    private Csv.Type[] types() {
        Csv.Type[] types = new Csv.Type[row.length];
        settings.types().forEach((name, type) -> {
            for (int column : choice.columns("types", name)) {
                types[column] = type;
            }
        });
        settings.categories().forEach((name, names) -> {
            for (int column : choice.columns("categories", name)) {
                if (types[column] != null && types[column] != Csv.Type.CLASS) {
                    throw file.problem(choice.describe(column) + " has categories, but is no class; set its type in types to class");
                }
                types[column] = Csv.Type.CLASS;
                categories.put(column, names);
            }
        });
        return types;
    }

    private Csv.Type targetType(Csv.Type given) {
        if (categories.containsKey(targetPlace)) {
            throw file.problem(choice.describe(targetPlace) + " is the target, whose categories stand in classes; move them there");
        }
        if (given != null && settings.targetType().isPresent()) {
            throw file.problem("types and targetType both say what " + choice.describe(targetPlace) + " is; leave one of them out");
        }
        targetDecided = given != null || settings.targetType().isPresent();
        Csv.Type type = given != null
                ? given
                : settings.targetType().orElse(TargetType.CLASSES) == TargetType.NUMBER ? Csv.Type.NUMBER : Csv.Type.CLASS;
        if (type != Csv.Type.CLASS && !settings.classes().isEmpty()) {
            throw file.problem("classes names the classes of " + choice.describe(targetPlace) + ", which is a number; leave classes out");
        }
        return type;
    }

    private int[] features() {
        if (!settings.features().isEmpty()) {
            return chosen("features", settings.features());
        }
        Set<Integer> used = new HashSet<>(Set.of(targetPlace));
        settings.columns().forEach((name, list) -> IntStream.of(chosen("columns." + name, list)).forEach(used::add));
        int[] rest = IntStream.range(0, row.length).filter(column -> !used.contains(column)).toArray();
        if (rest.length == 0 && settings.columns().isEmpty()) {
            throw file.problem("no column is left for the features; check that the delimiter is '" + settings.delimiter() + "'");
        }
        return rest;
    }

    private int[] chosen(String setting, List<String> names) {
        int[] found = names.stream().flatMapToInt(name -> IntStream.of(choice.columns(setting, name))).toArray();
        Set<Integer> seen = new HashSet<>();
        for (int column : found) {
            if (column == targetPlace || !seen.add(column)) {
                String role = column == targetPlace ? "the target and also" : "twice";
                throw file.problem(choice.describe(column) + " is " + role + " among the " + setting + "; take it out of " + setting);
            }
        }
        return found;
    }

    // Once, at the end

    private List<Feature> features(CsvColumn column) {
        return column.places()[0] == targetPlace ? List.of() : IntStream.of(column.places()).mapToObj(place -> feature(column, place)).toList();
    }

    private Feature feature(CsvColumn column, int place) {
        CsvField field = fields[place];
        Feature.Kind kind = switch (field.type()) {
            case NUMBER -> Feature.Kind.NUMBER;
            case CLASS -> column.isClass() ? Feature.Kind.CLASS_NUMBER : Feature.Kind.CATEGORY;
            case DATE -> Feature.Kind.DATE;
        };
        return new Feature(
                choice.uniqueName(place),
                kind,
                field.type() == Csv.Type.CLASS ? CsvColumn.names(field, categories.getOrDefault(place, List.of())) : List.of(),
                settings.missing().stream().map(String::strip).toList(),
                !required[place] && settings.whenMissing() == Csv.WhenMissing.NAN);
    }

    private ColumnValues values(CsvColumn column) {
        if (column.places()[0] == targetPlace) {
            return fields[targetPlace].type() == Csv.Type.CLASS
                    ? new CsvTarget(settings, fields[targetPlace], targetDecided, column.raw()).column()
                    : column.scalar();
        }
        List<List<String>> listed = IntStream.of(column.places()).mapToObj(place -> categories.getOrDefault(place, List.of())).toList();
        if (column.isClass()) {
            return column.classes(listed);
        }
        boolean shaped = column.isInput() && !settings.shape().isEmpty();
        return column.vector(listed, shaped
                ? Optional.of(Shape.of(settings.shape().stream().mapToInt(Integer::intValue).toArray()))
                : Optional.empty());
    }
}
