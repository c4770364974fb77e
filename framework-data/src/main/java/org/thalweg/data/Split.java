package org.thalweg.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;

/**
 * A data set in two parts that share no row and together have them all; each keeps the order of the rows.
 *
 * @param part the fraction asked for: round(fraction · n) rows, halves upwards
 * @param rest all other rows
 */
public record Split(Subset part, Subset rest) {
    /**
     * Chooses rows at random; the same seed chooses the same rows, everywhere.
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
        return new Split(
                Subset.of(data, IntStream.range(0, size).filter(row -> chosen[row]).toArray()),
                Subset.of(data, IntStream.range(0, size).filter(row -> !chosen[row]).toArray()));
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
        List<Integer> byClass = new ArrayList<>(IntStream.of(rows).boxed().toList());
        byClass.sort(Comparator.comparingInt(row -> classes[row]));
        List<int[]> groups = new ArrayList<>();
        for (int from = 0, to = 0; from < rows.length; from = to) {
            while (to < rows.length && classes[byClass.get(to)] == classes[byClass.get(from)]) {
                to++;
            }
            groups.add(byClass.subList(from, to).stream().mapToInt(Integer::intValue).toArray());
        }
        return groups.toArray(int[][]::new);
    }
}
