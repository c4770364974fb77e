package org.thalweg.data;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.data.Schema;
import org.thalweg.api.data.Transform;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;

/**
 * Turns class numbers into numbers: class c of C becomes C numbers, 1 at place c and 0 elsewhere. An INT32 column of shape [...] becomes a
 * FLOAT32 column of shape [..., C]. C is {@code classes}, else the number of the column's named categories, else the largest class number of
 * the training data and 1. A class number outside 0..C-1 is an error when its row is read. Learns {@code classes}.
 *
 * @param column which
 * @param classes C
 */
@Description("Turns class numbers into rows of 0 and 1, with the 1 at the place of the class.")
public record OneHot(
        @Description("The column of class numbers.") @Default("target") String column,
        @Description("The number of classes; found in the training data if left out.") @Min(1) Optional<Integer> classes)
        implements Transform {
    private static final String CLASSES = "classes";
    private static final int BLOCK = 65_536;

    @Override
    public Fitted fit(Dataset training) {
        Column found = whole(training, column);
        int count = classes.orElseGet(() -> found.categories().isEmpty() ? largest(training, found) + 1 : found.categories().size());
        if (count < 1) {
            throw new DataException("one-hot learns the number of classes of column '" + column
                    + "' from the training data, but that has none; set classes");
        }
        return new Fit(column, count);
    }

    @Override
    public Fitted restore(Map<String, double[]> learned) {
        double[] count = learned.get(CLASSES);
        if (count == null || count.length != 1 || count[0] < 1 || count[0] != (int) count[0]) {
            throw new DataException("one-hot cannot be restored: '" + CLASSES + "' must be one whole number above 0, but is "
                    + Arrays.toString(count) + "; fit it to the training data again");
        }
        return new Fit(column, (int) count[0]);
    }

    private static Column whole(Dataset data, String name) {
        Column column = data.schema().column(name);
        if (column.dtype() != DType.INT32) {
            throw new DataException("column '" + name + "' holds " + column.dtype() + ", which are no class numbers; choose a column of INT32");
        }
        return column;
    }

    private static int largest(Dataset training, Column column) {
        int features = Math.toIntExact(column.shape().size());
        int block = Math.max(1, BLOCK / features);
        int[] rows = new int[block];
        int[] values = new int[block * features];
        int largest = -1;
        for (int done = 0; done < training.size(); done += block) {
            int count = Math.min(block, training.size() - done);
            for (int i = 0; i < count; i++) {
                rows[i] = done + i;
            }
            training.read(training.schema().indexOf(column.name()), rows, 0, count, values);
            for (int i = 0; i < count * features; i++) {
                largest = Math.max(largest, values[i]);
            }
        }
        return largest;
    }

    private record Fit(String column, int classes) implements Fitted {
        @Override
        public Dataset apply(Dataset data) {
            Column found = whole(data, column);
            if (found.categories().size() > classes) {
                throw new DataException("column '" + column + "' has " + found.categories().size() + " categories, but one-hot learned "
                        + classes + " classes; give both data sets the same categories");
            }
            return new Changed(data, found, classes);
        }

        @Override
        public Map<String, double[]> learned() {
            return Map.of(CLASSES, new double[] {classes});
        }
    }

    private static final class Changed implements Dataset {
        private final Dataset data;
        private final int changed;
        private final int rowSize;
        private final int classes;
        private final Schema schema;

        Changed(Dataset data, Column column, int classes) {
            this.data = data;
            this.changed = data.schema().indexOf(column.name());
            this.rowSize = Math.toIntExact(column.shape().size());
            this.classes = classes;
            Shape shape = column.shape().append(classes);
            this.schema = data.schema().with(new Column(column.name(), DType.FLOAT32, shape));
        }

        @Override
        public Schema schema() {
            return schema;
        }

        @Override
        public int size() {
            return data.size();
        }

        @Override
        public boolean isInMemory() {
            return data.isInMemory();
        }

        @Override
        public void read(int column, int[] rows, int from, int count, float[] target) {
            if (column != changed) {
                data.read(column, rows, from, count, target);
                return;
            }
            int[] numbers = numbers(rows, from, count);
            Arrays.fill(target, 0, numbers.length * classes, 0);
            for (int i = 0; i < numbers.length; i++) {
                target[i * classes + numbers[i]] = 1;
            }
        }

        @Override
        public void read(int column, int[] rows, int from, int count, double[] target) {
            if (column != changed) {
                data.read(column, rows, from, count, target);
                return;
            }
            int[] numbers = numbers(rows, from, count);
            Arrays.fill(target, 0, numbers.length * classes, 0);
            for (int i = 0; i < numbers.length; i++) {
                target[i * classes + numbers[i]] = 1;
            }
        }

        @Override
        public void read(int column, int[] rows, int from, int count, int[] target) {
            if (column == changed) {
                throw new IllegalArgumentException(
                        "column '" + schema.columns().get(column).name() + "' is FLOAT32 after one-hot and cannot be read as INT32");
            }
            data.read(column, rows, from, count, target);
        }

        private int[] numbers(int[] rows, int from, int count) {
            int[] numbers = new int[count * rowSize];
            data.read(changed, rows, from, count, numbers);
            for (int i = 0; i < numbers.length; i++) {
                if (numbers[i] < 0 || numbers[i] >= classes) {
                    throw new DataException("column '" + schema.columns().get(changed).name() + "' has class number " + numbers[i] + " in row "
                            + rows[from + i / rowSize] + ", but one-hot knows the classes 0 to " + (classes - 1)
                            + "; correct the row, or set classes");
                }
            }
            return numbers;
        }
    }
}
