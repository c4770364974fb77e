package org.thalweg.data;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.DataContext;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.DataSource;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;

/**
 * Rows of three of a labelled source's inputs: {@code anchor}, {@code positive}, another row of the anchor's class, and {@code negative}, a row of
 * another class, both drawn at random; and {@code target}, the anchor's class. Every row of the source is an anchor {@code perAnchor} times, in the
 * source's order. The same seed draws the same rows, everywhere.
 *
 * @param source with the columns {@code input} and {@code target}, one class number a row
 * @param perAnchor how many triplets each row is the anchor of
 * @param seed of the draws
 */
@Description("Triplets of a labelled source's rows: anchor, positive of the same class, negative of another, and target, the anchor's class.")
public record Triplets(
        @Description("Labelled data: the columns input and target, one class number a row.") DataSource source,
        @Description("How many triplets each row is the anchor of; 1 for data that judges by nearest neighbours.") @Default("1") @Min(1) int perAnchor,
        @Description("What the draws follow from.") @Default("42") long seed)
        implements DataSource {

    @Override
    public Dataset open(DataContext context) throws IOException {
        Dataset data = source.open(context);
        int[] classes = Labels.of(data, "triplets");
        Map<Integer, int[]> sameClass = new HashMap<>();
        for (int label : IntStream.of(classes).distinct().toArray()) {
            sameClass.put(label, IntStream.range(0, classes.length).filter(row -> classes[row] == label).toArray());
        }
        requireChoice(sameClass);
        SplitMix64 random = new SplitMix64(seed);
        int[][] rows = new int[3][Math.multiplyExact(classes.length, perAnchor)];
        for (int i = 0; i < rows[0].length; i++) {
            int anchor = i % classes.length;
            int[] same = sameClass.get(classes[anchor]);
            rows[0][i] = anchor;
            do {
                rows[1][i] = same[random.below(same.length)];
            } while (rows[1][i] == anchor);
            do {
                rows[2][i] = random.below(classes.length);
            } while (classes[rows[2][i]] == classes[anchor]);
        }
        return JoinedRows.of(data, rows[0].length)
                .with("anchor", Column.INPUT, rows[0])
                .with("positive", Column.INPUT, rows[1])
                .with("negative", Column.INPUT, rows[2])
                .with(Column.TARGET, Column.TARGET, rows[0]);
    }

    private static void requireChoice(Map<Integer, int[]> sameClass) {
        if (sameClass.size() < 2) {
            throw new DataException("triplets need two classes at least, but all rows are of class " + sameClass.keySet());
        }
        sameClass.forEach((label, rows) -> {
            if (rows.length < 2) {
                throw new DataException("triplets need two rows of every class at least, but class " + label + " has only row " + rows[0]
                        + "; leave it out, or add rows");
            }
        });
    }
}
