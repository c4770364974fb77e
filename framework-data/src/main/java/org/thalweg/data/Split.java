package org.thalweg.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.settings.Suggestion;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;

/**
 * A data set in two parts that share no row and together have them all; each keeps the order of the rows.
 *
 * @param part the rows asked for
 * @param rest all other rows
 */
public record Split(Subset part, Subset rest) {
    /**
     * Chooses round(fraction · n) of n rows at random, halves upwards; the same seed chooses the same rows, everywhere.
     *
     * <p>Stratified, class c with n(c) rows gives ⌊fraction · n(c)⌋ rows, and one more where the total needs it, to the classes with the
     * largest remainders first (equal ones: the lower class number): always within one row of fraction · n(c).
     *
     * @param data what to split
     * @param fraction of the rows, above 0 and below 1
     * @param stratified whether both parts keep the shares of the classes in the INT32 column {@code target}
     * @param seed of the choice
     * @throws DataException where a part would be empty, or classes are asked for and there are none
     */
    public static Split of(Dataset data, double fraction, boolean stratified, long seed) {
        if (!(fraction > 0 && fraction < 1)) {
            throw new DataException("data can be split by a fraction above 0 and below 1, not by " + fraction);
        }
        int size = data.size();
        int wanted = (int) Math.round(fraction * size);
        if (wanted == 0 || wanted == size) {
            throw new DataException("a fraction of " + fraction + " splits " + size + " rows into " + wanted + " and " + (size - wanted)
                    + ", but neither part may be empty; change the fraction or take more data");
        }
        int[][] groups = stratified ? rowsByClass(data) : new int[][] {IntStream.range(0, size).toArray()};
        int[] quotas = quotas(groups, fraction, wanted);
        SplitMix64 random = new SplitMix64(seed);
        boolean[] chosen = new boolean[size];
        for (int group = 0; group < groups.length; group++) {
            random.shuffle(groups[group]);
            for (int i = 0; i < quotas[group]; i++) {
                chosen[groups[group][i]] = true;
            }
        }
        return of(data, chosen);
    }

    /**
     * One of the k splits of a cross-validation: the part is the fold, the rest is what to train on. The folds of one seed share no row and
     * together have them all; their sizes differ by one row at most. Stratified, so do their numbers of rows of every class.
     *
     * @param data what to split
     * @param k the number of folds, from 2 to the number of rows
     * @param fold which fold, from 0 to k - 1
     * @param stratified whether every fold keeps the shares of the classes in the INT32 column {@code target}
     * @param seed of the order in which rows are dealt out
     * @throws DataException where a fold would be empty or does not exist, or classes are asked for and there are none
     */
    public static Split fold(Dataset data, int k, int fold, boolean stratified, long seed) {
        if (k < 2 || k > data.size()) {
            throw new DataException(
                    "data of " + data.size() + " rows can be split into 2 to " + data.size() + " folds, not into " + k + "; change k");
        }
        if (fold < 0 || fold >= k) {
            throw new DataException("there is no fold " + fold + " of " + k + "; they are numbered from 0 to " + (k - 1));
        }
        int[][] groups = stratified ? rowsByClass(data) : new int[][] {IntStream.range(0, data.size()).toArray()};
        SplitMix64 random = new SplitMix64(seed);
        boolean[] chosen = new boolean[data.size()];
        int dealt = 0;
        for (int[] group : groups) {
            random.shuffle(group);
            for (int row : group) {
                chosen[row] = dealt++ % k == fold;
            }
        }
        return of(data, chosen);
    }

    /**
     * The rows that have a value in a column, such as a year or a part of an experiment.
     *
     * @param data what to split
     * @param column one number or class number a row
     * @param value the number
     * @throws DataException where no row has the value, or all have it
     */
    public static Split byColumn(Dataset data, String column, double value) {
        Column found = scalar(data, column);
        return byValues(data, found, new double[] {value}, found.dtype() == DType.INT32 && value == (int) value ? "" + (int) value : "" + value);
    }

    /**
     * The rows of a category.
     *
     * @param data what to split
     * @param column one class number a row, with named categories
     * @param category its name
     * @throws DataException where there is no such category, no row has it, or all have it
     */
    public static Split byColumn(Dataset data, String column, String category) {
        Column found = scalar(data, column);
        return byValues(data, found, new double[] {category(found, category)}, "'" + category + "'");
    }

    /**
     * The rows that have one of several values.
     *
     * @param data what to split
     * @param column one number or class number a row
     * @param values names of categories where the column has them, else numbers
     * @throws DataException where a value can be none of the column's, no row has one, or all have
     */
    public static Split byColumn(Dataset data, String column, List<String> values) {
        Column found = scalar(data, column);
        double[] numbers = values.stream().mapToDouble(value -> number(found, value)).toArray();
        return byValues(data, found, numbers, values.stream().map(value -> "'" + value + "'").collect(Collectors.joining(" or ")));
    }

    private static double number(Column column, String value) {
        if (!column.categories().isEmpty()) {
            return category(column, value);
        }
        double number = Decimal.parse(value);
        if (Double.isNaN(number)) {
            throw new DataException("column '" + column.name() + "' holds numbers, but '" + value + "' is none; choose a number");
        }
        return number;
    }

    private static int category(Column column, String category) {
        int number = column.categories().indexOf(category);
        if (number < 0) {
            throw new DataException("column '" + column.name() + "' has no category '" + category + "'; "
                    + Suggestion.forName(category, column.categories()));
        }
        return number;
    }

    private static Split byValues(Dataset data, Column column, double[] wanted, String shown) {
        double[] values = new double[data.size()];
        data.read(data.schema().indexOf(column.name()), IntStream.range(0, values.length).toArray(), 0, values.length, values);
        boolean[] chosen = new boolean[values.length];
        for (int row = 0; row < chosen.length; row++) {
            double value = values[row];
            chosen[row] = Arrays.stream(wanted).anyMatch(one -> one == value);
        }
        Split split = of(data, chosen);
        if (split.part.size() == 0 || split.rest.size() == 0) {
            throw new DataException((split.part.size() == 0 ? "no row" : "every row") + " has " + shown + " in column '" + column.name()
                    + "', but neither part may be empty; choose another value");
        }
        return split;
    }

    private static Column scalar(Dataset data, String name) {
        Column column = data.schema().column(name);
        if (column.shape().size() != 1) {
            throw new DataException("data can be split by a column only where it has one value a row, but '" + name + "' has the shape "
                    + column.shape() + "; choose another column");
        }
        return column;
    }

    private static Split of(Dataset data, boolean[] chosen) {
        return new Split(
                Subset.of(data, IntStream.range(0, chosen.length).filter(row -> chosen[row]).toArray()),
                Subset.of(data, IntStream.range(0, chosen.length).filter(row -> !chosen[row]).toArray()));
    }

    /** How many rows each group gives: the largest-remainder method. */
    private static int[] quotas(int[][] groups, double fraction, int wanted) {
        int[] quotas = Arrays.stream(groups).mapToInt(rows -> (int) (fraction * rows.length)).toArray();
        int missing = wanted - Arrays.stream(quotas).sum();
        List<Integer> byRemainder = IntStream.range(0, groups.length)
                .boxed()
                .sorted(Comparator.comparingDouble(group -> quotas[group] - fraction * groups[group].length))
                .toList();
        for (int group : byRemainder.subList(0, missing)) {
            quotas[group]++;
        }
        return quotas;
    }

    /** The rows of each class, classes ascending. */
    private static int[][] rowsByClass(Dataset data) {
        Column target = data.schema().column(Column.TARGET);
        if (target.dtype() != DType.INT32 || !target.shape().equals(Shape.scalar())) {
            throw new DataException("data can be split by class only where 'target' is one class number a row, INT32 [], but it is "
                    + target.dtype() + " " + target.shape() + "; set stratified to false");
        }
        int[] rows = IntStream.range(0, data.size()).toArray();
        int[] classes = new int[rows.length];
        data.read(data.schema().indexOf(Column.TARGET), rows, 0, rows.length, classes);
        // A class and a row in one number, the class first: sorts without an object for each row.
        long[] byClass = new long[rows.length];
        for (int row = 0; row < rows.length; row++) {
            byClass[row] = (long) classes[row] << Integer.SIZE | row;
        }
        Arrays.sort(byClass);
        List<int[]> groups = new ArrayList<>();
        for (int from = 0, to = 0; from < rows.length; from = to) {
            while (to < rows.length && byClass[to] >> Integer.SIZE == byClass[from] >> Integer.SIZE) {
                to++;
            }
            groups.add(Arrays.stream(byClass, from, to).mapToInt(pair -> (int) pair).toArray());
        }
        return groups.toArray(int[][]::new);
    }
}
