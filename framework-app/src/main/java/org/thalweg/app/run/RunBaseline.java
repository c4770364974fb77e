package org.thalweg.app.run;

import java.io.IOException;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.app.config.LoadedConfiguration;

/**
 * How well the symbols of a configuration's test data can be told by counting alone. A model of the same configuration that does no better has not learned more
 * than such counts: both predict the same symbols, from the symbols before them in their row.
 *
 * @param part of the data that was judged: {@code test}, {@code validation} or {@code train}
 * @param symbols how many were predicted
 * @param bitsPerSymbol the mean of -log2 of the probability of each
 */
public record RunBaseline(String part, long symbols, double bitsPerSymbol) {
    /**
     * Opens the data, counts in the training part, and judges by the test data or else the validation data.
     *
     * @param order how many symbols are counted together: 5 predicts each by the 4 before it
     * @throws DataException where the data is no text: 'input' and 'target' sequences of class numbers, the target one further on
     */
    public static RunBaseline of(LoadedConfiguration configuration, int order) throws IOException {
        try (RunData data = RunData.open(configuration)) {
            Column target = requireText(data.training());
            Dataset judged = data.test().or(data::validation).orElse(data.training());
            NGram model = new NGram(order, target.categories().size());
            forEachPlace(data.training(), model::learn);
            double[] bits = new double[1];
            forEachPlace(judged, (symbols, place) -> bits[0] -= Math.log(model.probability(symbols, place)) / Math.log(2));
            long symbols = judged.size() * target.shape().size();
            String part = data.test().isPresent() ? "test" : data.validation().isPresent() ? "validation" : "train";
            return new RunBaseline(part, symbols, bits[0] / symbols);
        }
    }

    /** Every symbol of the target: the row as one sequence, and the symbol's place in it. */
    private static void forEachPlace(Dataset data, ObjIntConsumer<int[]> visitor) {
        int length = (int) data.schema().column(Column.TARGET).shape().size();
        int[] input = new int[length];
        int[] target = new int[length];
        int[] sequence = new int[length + 1];
        for (int row = 0; row < data.size(); row++) {
            data.read(data.schema().indexOf(Column.INPUT), new int[] {row}, 0, 1, input);
            data.read(data.schema().indexOf(Column.TARGET), new int[] {row}, 0, 1, target);
            sequence[0] = input[0];
            System.arraycopy(target, 0, sequence, 1, length);
            IntStream.rangeClosed(1, length).forEach(place -> visitor.accept(sequence, place));
        }
    }

    private static Column requireText(Dataset data) {
        Column input = data.schema().column(Column.INPUT);
        Column target = data.schema().column(Column.TARGET);
        Shape shape = target.shape();
        if (target.dtype() != DType.INT32 || shape.rank() != 1 || target.categories().isEmpty() || !input.shape().equals(shape)
                || !input.categories().equals(target.categories())) {
            throw new DataException("a baseline is counted for texts only, whose 'target' follows on 'input' symbol by symbol; the data has 'input' "
                    + input.dtype() + " " + input.shape() + " and 'target' " + target.dtype() + " " + shape + ": name a configuration with the data source 'text'");
        }
        return target;
    }
}
