package org.thalweg.data;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.thalweg.api.data.DataContext;
import org.thalweg.api.data.DataSource;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;

/**
 * A file of comma-separated values in UTF-8, one row a line, with quotes as in RFC 4180; plain or gzipped. The column {@code input} is FLOAT64
 * with one feature for each feature column, in order.
 *
 * <p>The column {@code target} is FLOAT64 for numbers. For classes it is INT32:
 * <ul>
 *   <li>with {@code classes}, a value is the place of its name there; a whole number stands for itself where none of the names is a number;
 *   <li>else whole numbers are class numbers as they stand;
 *   <li>else the texts that occur, sorted, are the classes. Files that must agree, such as training and test data, should name
 *       {@code classes}, as one of them may lack a class.
 * </ul>
 *
 * @param file the file
 * @param header whether the first line names the columns
 * @param delimiter the one character between two values
 * @param target the name or number of the target's column; without it the data has no target
 * @param features the names or numbers of the features' columns; empty for all but the target
 * @param targetType what the target is; may be left out for texts, which are classes
 * @param classes the names of the classes in order; empty to take them from the file
 */
@Description("A file of comma-separated values, one row a line; plain or gzipped.")
public record Csv(
        @Description("The file.") String file,
        @Description("Whether the first line names the columns.") @Default("true") boolean header,
        @Description("The one character between two values.") @Default(",") String delimiter,
        @Description("The column of targets: its name, or its number counted from 1; without it there is no target.") Optional<String> target,
        @Description("The columns of features, each a name or a number counted from 1; all but the target if empty.") @Default("[]")
                List<String> features,
        @Description("Whether the targets are classes or numbers (classes, number); texts are classes unless said otherwise.")
                Optional<TargetType> targetType,
        @Description("The names of the classes in order; those in the file, sorted, if empty.") @Default("[]") List<String> classes)
        implements DataSource {

    /** Checks what needs no file. */
    public Csv {
        features = List.copyOf(features);
        classes = List.copyOf(classes);
        if (delimiter.length() != 1 || "\"\r\n".contains(delimiter)) {
            throw new IllegalArgumentException("delimiter must be one character other than a quote or a line end, but is '" + delimiter + "'");
        }
        if (!classes.isEmpty() && (target.isEmpty() || targetType.equals(Optional.of(TargetType.NUMBER)))) {
            String reason = target.isEmpty() ? "there is no target; set target" : "targetType is number; set it to classes";
            throw new IllegalArgumentException("classes names the classes of the target, but " + reason + ", or leave classes out");
        }
    }

    @Override
    public Dataset open(DataContext context) throws IOException {
        DataFile source = DataFile.of(context, file);
        return source.read(in -> new CsvRows(this, source).read(in));
    }
}
