package org.thalweg.data;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.DataContext;
import org.thalweg.api.data.DataSource;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Positive;

/**
 * A file of comma-separated values in UTF-8, one row a line, with quotes as in RFC 4180; plain or gzipped. Columns of the file are chosen by
 * name, by number counted from 1, or by a range of either, as {@code 2..5} or {@code length..width}; a name is tried first. Spaces around
 * values do not count, and empty lines are passed over.
 *
 * <p>The column {@code input} has the features one after another: a number for a number or a date, C numbers for a class of C categories, 1 at
 * the place of the category and 0 elsewhere. Numbers are decimal, as {@code -1.5e3}. Dates are ISO 8601, as {@code 2024-02-29} or
 * {@code 2024-02-29T12:30:00+01:00}; they become days since 1970-01-01, with a fraction for the time of day, in UTC where an offset is given.
 * Categories are those that {@code categories} lists, else the texts that occur, sorted (as numbers, if all are). Columns are FLOAT64, and held
 * in single precision or bytes where that holds every number exactly; FLOAT32 with {@code singlePrecision}.
 *
 * <p>The column {@code target} is a scalar: FLOAT64 for numbers and dates. For classes it is INT32:
 * <ul>
 *   <li>with {@code classes}, a value is the place of its name there; a whole number stands for itself where none of the names is a number;
 *   <li>else whole numbers are class numbers as they stand;
 *   <li>else the texts that occur, sorted, are the classes. Files that must agree, such as training and test data, should name
 *       {@code classes}, as one of them may lack a class; the same holds for {@code categories}.
 * </ul>
 *
 * <p>Each further column of {@code columns} is like the input, but one column of classes alone is INT32 class numbers, for an embedding.
 *
 * <p>A value is missing if it is empty or one of {@code missing}. That is an error, or NaN in numbers (in each of them, for a class), for the
 * transform {@code fill-missing}; in a target and in class numbers it is always an error.
 *
 * @param file the file
 * @param header whether the first line names the columns
 * @param delimiter the one character between two values
 * @param quote the one character around a value that has delimiters, line ends or quotes (doubled) in it
 * @param target the target's column; without it the data has no target, unless {@code columns} has one of several numbers
 * @param targetType what the target is; may be left out for texts, which are classes
 * @param classes the names of the target's classes in order; empty to take them from the file
 * @param features the features' columns; empty for all that are not used otherwise
 * @param columns further columns, each from one or more of the file
 * @param types of columns that are no numbers
 * @param categories the names of the categories of columns of classes, in order
 * @param missing texts that stand for a missing value
 * @param whenMissing what to do then
 * @param shape of the input's rows; empty for one axis
 * @param singlePrecision whether numbers are rounded to single precision
 * @param memory where the numbers are held; the results are the same
 */
@Description("A file of comma-separated values, one row a line; plain or gzipped.")
public record Csv(
        @Description("The file.") String file,
        @Description("Whether the first line names the columns.") @Default("true") boolean header,
        @Description("The one character between two values.") @Default(",") String delimiter,
        @Description("The one character around values that have delimiters or line ends in them.") @Default("\"") String quote,
        @Description("The column of targets: its name, or its number counted from 1; without it there is no target.") Optional<String> target,
        @Description("Whether the targets are classes or numbers (classes, number); texts are classes unless said otherwise.")
                Optional<TargetType> targetType,
        @Description("The names of the target's classes in order; those in the file, sorted, if empty.") @Default("[]") List<String> classes,
        @Description("The columns of features, each a name, a number counted from 1, or a range as 2..5; all that are not used otherwise if empty.")
                @Default("[]") List<String> features,
        @Description("Further columns of the data: a name, and the columns of the file, chosen as features are.")
                @Default("{}") Map<String, List<String>> columns,
        @Description("The types of columns (number, class, date), which are numbers unless said otherwise.") @Default("{}") Map<String, Type> types,
        @Description("The categories of columns of classes, in order; those in the file, sorted, for the others.")
                @Default("{}") Map<String, List<String>> categories,
        @Description("Texts that stand for a missing value, besides an empty one.") @Default("[]") List<String> missing,
        @Description("What a missing value is: an error, or NaN for a transform to fill (error, nan).") @Default("error") WhenMissing whenMissing,
        @Description("The shape of the input's rows, as [28, 28] for images whose pixels are columns; one axis if empty.")
                @Default("[]") @Positive List<Integer> shape,
        @Description("Whether numbers are rounded to single precision, which takes half the memory.") @Default("false") boolean singlePrecision,
        @Description("Where the numbers are held: in memory (heap), in a file in the user's cache that is gone when the run ends (disk), or in memory if"
                + " they take up to an eighth of what Java may use, and else in a file (auto).")
                @Default("auto") Memory memory)
        implements DataSource {

    /** What the texts of a column are. */
    public enum Type {
        /** Decimal numbers. */
        NUMBER,
        /** Names of categories. */
        CLASS,
        /** Dates, which become days since 1970-01-01. */
        DATE
    }

    /** What to do about a missing value. */
    public enum WhenMissing {
        /** Stop with an error. */
        ERROR,
        /** Read NaN. */
        NAN
    }

    /** Where numbers are held. */
    public enum Memory {
        /** In memory up to a limit, then in a file. */
        AUTO,
        /** In memory. */
        HEAP,
        /** In a file. */
        DISK
    }

    /** Checks what needs no file. */
    public Csv {
        features = List.copyOf(features);
        classes = List.copyOf(classes);
        missing = List.copyOf(missing);
        shape = List.copyOf(shape);
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
        categories = Collections.unmodifiableMap(new LinkedHashMap<>(categories));
        if (delimiter.length() != 1 || "\"\r\n".contains(delimiter)) {
            throw new IllegalArgumentException("delimiter must be one character other than a quote or a line end, but is '" + delimiter + "'");
        }
        if (quote.length() != 1 || "\r\n".contains(quote) || quote.equals(delimiter)) {
            throw new IllegalArgumentException("quote must be one character other than the delimiter or a line end, but is '" + quote + "'");
        }
        if (!classes.isEmpty() && (target.isEmpty() || targetType.equals(Optional.of(TargetType.NUMBER)))) {
            String reason = target.isEmpty() ? "there is no target; set target" : "targetType is number; set it to classes";
            throw new IllegalArgumentException("classes names the classes of the target, but " + reason + ", or leave classes out");
        }
        if (targetType.isPresent() && target.isEmpty()) {
            throw new IllegalArgumentException("targetType says what the target is, but there is no target; set target, or leave targetType out");
        }
        if (columns.containsKey(Column.INPUT)) {
            throw new IllegalArgumentException("columns cannot have one called 'input'; choose it with features");
        }
        if (columns.containsKey(Column.TARGET) && target.isPresent()) {
            throw new IllegalArgumentException("target and columns both choose a column 'target'; leave one of them out");
        }
        columns.forEach((name, chosen) -> {
            if (chosen.isEmpty()) {
                throw new IllegalArgumentException("columns." + name + " chooses no column of the file; name at least one");
            }
        });
    }

    @Override
    public Dataset open(DataContext context) throws IOException {
        Storage storage = Storage.standard();
        return open(context, switch (memory) {
            case AUTO -> storage;
            case HEAP -> storage.withLimit(Long.MAX_VALUE);
            case DISK -> storage.withLimit(0);
        });
    }

    Dataset open(DataContext context, Storage storage) throws IOException {
        DataFile source = DataFile.of(context, file);
        try (ColumnStore store = new ColumnStore(source, storage)) {
            return source.read(in -> new CsvRows(this, source, store).read(in));
        }
    }
}
