package org.thalweg.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.DataException;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;

/** One column of the data set: gathers the numbers of its fields, row by row, and at the end of the file decides what they are. */
final class CsvColumn {
    private final DataFile file;
    private final String name;
    private final int[] places;
    private final CsvField[] fields;
    private final NumberBuffer numbers;
    private final boolean single;

    /**
     * A column.
     *
     * @param places of the fields in the file's rows
     * @param fields what stands there
     * @param single whether it is FLOAT32
     * @param store for its numbers
     */
    CsvColumn(DataFile file, String name, int[] places, CsvField[] fields, boolean single, ColumnStore store) {
        this.file = file;
        this.name = name;
        this.places = places;
        this.fields = fields;
        this.single = single;
        this.numbers = store.column(places.length, single && Arrays.stream(fields).noneMatch(field -> field.type() == Csv.Type.CLASS));
    }

    String name() {
        return name;
    }

    int[] places() {
        return places;
    }

    void add(double[] row) {
        for (int place : places) {
            numbers.add(row[place]);
        }
    }

    boolean isInput() {
        return name.equals(Column.INPUT);
    }

    /** Whether this is one field of classes, which stays class numbers: the input alone is always numbers. */
    boolean isClass() {
        return !isInput() && fields.length == 1 && fields[0].type() == Csv.Type.CLASS;
    }

    /** The classes of the one field, which have none missing. */
    ColumnValues classes(List<List<String>> listed) {
        List<String> names = names(fields[0], listed.getFirst());
        return ColumnValues.of(new Column(name, DType.INT32, Shape.scalar(), names), new Recoded(numbers.values(), classOf(fields[0], names)));
    }

    /** The numbers of the fields as they were read. */
    Values raw() {
        return numbers.values();
    }

    /** The one field, as a scalar. */
    ColumnValues scalar() {
        return ColumnValues.of(new Column(name, dtype(), Shape.scalar()), numbers.values());
    }

    /**
     * The numbers of all fields.
     *
     * @param listed the categories that the settings list, for each field; empty where they do not
     * @param shape asked for
     */
    ColumnValues vector(List<List<String>> listed, Optional<Shape> shape) {
        int[][] classOf = new int[fields.length][];
        int[] widths = new int[fields.length];
        for (int i = 0; i < fields.length; i++) {
            boolean isClass = fields[i].type() == Csv.Type.CLASS;
            List<String> names = isClass ? names(fields[i], listed.get(i)) : List.of();
            classOf[i] = isClass ? classOf(fields[i], names) : null;
            widths[i] = isClass ? names.size() : 1;
        }
        int width = IntStream.of(widths).sum();
        Shape rows = shape.orElse(Shape.of(width));
        if (rows.size() != width) {
            throw file.problem("shape " + rows + " has " + rows.size() + " numbers, but the features are " + width
                    + "; change shape or features");
        }
        boolean plain = Arrays.stream(fields).noneMatch(field -> field.type() == Csv.Type.CLASS);
        Values all = plain ? numbers.values() : new Spread(numbers.values(), classOf, widths, width, single);
        return ColumnValues.of(new Column(name, dtype(), rows), all);
    }

    private DType dtype() {
        return single ? DType.FLOAT32 : DType.FLOAT64;
    }

    /** The categories of a field: those that the settings list, else its texts in order. */
    static List<String> names(CsvField field, List<String> listed) {
        if (!listed.isEmpty()) {
            return listed;
        }
        boolean numeric = field.texts().stream().noneMatch(text -> Double.isNaN(Decimal.parse(text)));
        Comparator<String> order = numeric
                ? Comparator.<String>comparingDouble(Decimal::parse).thenComparing(Comparator.naturalOrder())
                : Comparator.naturalOrder();
        return field.texts().stream().sorted(order).toList();
    }

    private static int[] classOf(CsvField field, List<String> names) {
        int[] classOf = new int[field.texts().size()];
        for (int code = 0; code < classOf.length; code++) {
            classOf[code] = names.indexOf(field.texts().get(code));
            if (classOf[code] < 0) {
                throw notListed(field, code, names);
            }
        }
        return classOf;
    }

    private static DataException notListed(CsvField field, int code, List<String> names) {
        return field.problem(code, "is not among the categories " + names + "; correct it, or add it to categories");
    }
}
