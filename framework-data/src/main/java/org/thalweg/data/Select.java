package org.thalweg.data;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.DataContext;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.DataSource;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.data.Schema;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Suggestion;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;

/**
 * The rows of some classes of another source. The classes are numbered anew, from 0, in the order in which they are listed, and keep their names: two
 * classes make a yes-or-no question of which the second is the yes.
 *
 * @param from the source
 * @param classes by name, or by number where they have no names
 */
@Description("The rows of some classes of another source, with the classes numbered anew from 0.")
public record Select(
        @Description("The source of the rows.") DataSource from,
        @Description("The classes to keep, by name, or by number where they have none; the first becomes class 0.") List<String> classes)
        implements DataSource {

    /** Checks that there are classes, and each once. */
    public Select {
        classes = List.copyOf(classes);
        if (classes.isEmpty() || new HashSet<>(classes).size() < classes.size()) {
            throw new IllegalArgumentException("classes must list one class or more, each once, but is " + classes);
        }
    }

    @Override
    public Dataset open(DataContext context) throws IOException {
        Dataset all = from.open(context);
        Column target = all.schema().column(Column.TARGET);
        if (target.dtype() != DType.INT32 || !target.shape().equals(Shape.scalar())) {
            throw new DataException("select keeps rows by class, so 'target' must be one class number a row, INT32 [], but it is " + target.dtype() + " "
                    + target.shape() + "; choose a source of classes");
        }
        int[] wanted = classes.stream().mapToInt(name -> number(name, target.categories())).toArray();
        int[] everyRow = IntStream.range(0, all.size()).toArray();
        int[] numbers = new int[everyRow.length];
        all.read(all.schema().indexOf(Column.TARGET), everyRow, 0, numbers.length, numbers);

        int[] anew = new int[Math.max(Arrays.stream(wanted).max().getAsInt(), Arrays.stream(numbers).max().orElse(0)) + 1];
        Arrays.fill(anew, -1);
        for (int i = 0; i < wanted.length; i++) {
            anew[wanted[i]] = i;
        }
        int[] rows = Arrays.stream(everyRow).filter(row -> numbers[row] >= 0 && anew[numbers[row]] >= 0).toArray();
        int[] found = Arrays.stream(rows).map(row -> anew[numbers[row]]).toArray();
        for (int i = 0; i < wanted.length; i++) {
            int asked = i;
            if (Arrays.stream(found).noneMatch(number -> number == asked)) {
                throw new DataException("no row has the class '" + classes.get(i) + "'; leave it out of classes");
            }
        }
        return new Renamed(all, Subset.of(all, rows), ColumnValues.classes(Column.TARGET, classes, found));
    }

    private static int number(String name, List<String> categories) {
        int named = categories.indexOf(name);
        if (named >= 0) {
            return named;
        }
        if (categories.isEmpty() && name.matches("[0-9]{1,6}")) {
            return Integer.parseInt(name);
        }
        throw new DataException("there is no class '" + name + "'; " + (categories.isEmpty()
                ? "the classes have no names, so list their numbers" : Suggestion.forName(name, categories)));
    }

    /** Rows with another target. */
    private record Renamed(Dataset all, Dataset rows, ColumnValues target, int targetColumn, Schema schema) implements Dataset {
        Renamed(Dataset all, Dataset rows, ColumnValues target) {
            this(all, rows, target, rows.schema().indexOf(Column.TARGET), rows.schema().with(target.column()));
        }

        @Override
        public int size() {
            return rows.size();
        }

        @Override
        public boolean isInMemory() {
            return all.isInMemory();
        }

        @Override
        public void read(int column, int[] numbers, int from, int count, float[] values) {
            if (column == targetColumn) {
                target.read(numbers, from, count, values);
            } else {
                rows.read(column, numbers, from, count, values);
            }
        }

        @Override
        public void read(int column, int[] numbers, int from, int count, double[] values) {
            if (column == targetColumn) {
                target.read(numbers, from, count, values);
            } else {
                rows.read(column, numbers, from, count, values);
            }
        }

        @Override
        public void read(int column, int[] numbers, int from, int count, int[] values) {
            if (column == targetColumn) {
                target.read(numbers, from, count, values);
            } else {
                rows.read(column, numbers, from, count, values);
            }
        }

        @Override
        public void close() {
            all.close();
        }
    }
}
