package org.thalweg.app.predict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.loss.Loss;
import org.thalweg.app.pipeline.Prediction;

/**
 * A model's answers beside what they should have been. One of the two is there.
 *
 * @param confusion for classes: rows are the right ones, columns the answers
 * @param pairs for numbers: the right one and the answer, of some rows
 */
public record Comparison(Optional<Confusion> confusion, List<double[]> pairs) {
    private static final int MOST_PAIRS = 2000;

    /**
     * How often each class was taken for each.
     *
     * @param classes their names
     * @param counts by the right class, then by the answer
     */
    public record Confusion(List<String> classes, long[][] counts) {}

    /**
     * Compares; nothing where the data or the loss says neither of classes nor of single numbers.
     *
     * @param right the column that says what the answers should be, if there is one
     * @param batch rows at a time, at most those of the model's batch
     */
    public static Optional<Comparison> of(Prediction model, Loss loss, Optional<String> right, Dataset data, int batch) {
        int column = right.map(data.schema()::indexOf).orElse(-1);
        if (column < 0 || data.schema().columns().get(column).shape().rank() != 0) {
            return Optional.empty();
        }
        Column target = data.schema().columns().get(column);
        Meaning meaning = Meaning.of(loss.scores(), target, model.outputShape());
        if (meaning.isClass()) {
            return Optional.of(new Comparison(Optional.of(confusion(model, meaning, data, column, target, batch)), List.of()));
        }
        return model.outputShape().size() == 1 ? Optional.of(new Comparison(Optional.empty(), pairs(model, data, column, batch))) : Optional.empty();
    }

    private static Confusion confusion(Prediction model, Meaning meaning, Dataset data, int column, Column target, int batch) {
        int size = (int) model.outputShape().size();
        int classes = meaning.isOneOfTwo() ? 2 : size;
        long[][] counts = new long[classes][classes];
        for (int from = 0; from < data.size(); from += batch) {
            int count = Math.min(batch, data.size() - from);
            double[] outputs = model.of(data, from, count);
            double[] right = targets(data, column, from, count);
            for (int i = 0; i < count; i++) {
                int answer = 0;
                for (int c = 1; c < size; c++) {
                    answer = outputs[i * size + c] > outputs[i * size + answer] ? c : answer;
                }
                answer = meaning.isOneOfTwo() ? meaning.answersOne(outputs[i]) ? 1 : 0 : answer;
                if (right[i] >= 0 && right[i] < classes) {
                    counts[(int) right[i]][answer]++;
                }
            }
        }
        List<String> names = IntStream.range(0, classes)
                .mapToObj(c -> c < target.categories().size() ? target.categories().get(c) : Integer.toString(c))
                .toList();
        return new Confusion(names, counts);
    }

    private static List<double[]> pairs(Prediction model, Dataset data, int column, int batch) {
        List<double[]> pairs = new ArrayList<>();
        for (int from = 0; from < Math.min(data.size(), MOST_PAIRS); from += batch) {
            int count = Math.min(batch, data.size() - from);
            double[] outputs = model.of(data, from, count);
            double[] right = targets(data, column, from, count);
            for (int i = 0; i < count; i++) {
                pairs.add(new double[] {right[i], outputs[i]});
            }
        }
        return pairs;
    }

    private static double[] targets(Dataset data, int column, int from, int count) {
        int[] rows = IntStream.range(from, from + count).toArray();
        if (data.schema().columns().get(column).dtype().isFloating()) {
            double[] numbers = new double[count];
            data.read(column, rows, 0, count, numbers);
            return numbers;
        }
        int[] numbers = new int[count];
        data.read(column, rows, 0, count, numbers);
        return IntStream.of(numbers).asDoubleStream().toArray();
    }
}
