package org.thalweg.app.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.data.Schema;
import org.thalweg.api.data.Transform;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.tensor.Shape;
import org.thalweg.app.pipeline.Prediction;

/**
 * A model's answers beside what they should have been.
 *
 * @param confusion for classes alone: rows are the right ones, columns the answers
 * @param samples some rows, the first ones; for classes some of those with a wrong answer besides
 * @param inputShape of the column that goes into the model first
 */
public record Comparison(Optional<Confusion> confusion, List<Sample> samples, Shape inputShape) {
    private static final int MOST_NUMBERS = 2000;
    private static final int MOST_OF_A_KIND = 16;

    /**
     * How often each class was taken for each.
     *
     * @param classes their names
     * @param counts by the right class, then by the answer
     */
    public record Confusion(List<String> classes, long[][] counts) {}

    /**
     * A row.
     *
     * @param row its number in the data
     * @param right the class number, or the number in the target's own units
     * @param answer likewise
     * @param certainty the probability of the class, or NaN
     * @param input the numbers of the column that goes into the model first
     */
    public record Sample(int row, double right, double answer, double certainty, double[] input) {}

    /**
     * Compares; nothing where the data or the loss says neither of classes nor of single numbers.
     *
     * @param right the column that says what the answers should be, if there is one
     * @param data with the transforms applied
     * @param schema the columns before any transform
     * @param batch rows at a time, at most those of the model's batch
     */
    public static Optional<Comparison> of(Prediction model, Loss loss, Optional<String> right, Dataset data, Schema schema,
            List<Transform.Fitted> transforms, int batch) {
        int column = right.map(data.schema()::indexOf).orElse(-1);
        if (column < 0 || data.schema().columns().get(column).shape().rank() != 0) {
            return Optional.empty();
        }
        Column target = data.schema().columns().get(column);
        Meaning meaning = Meaning.of(loss.scores(), target, model.outputShape());
        if (meaning.isClass()) {
            return Optional.of(classes(model, meaning, data, column, batch));
        }
        if (model.outputShape().size() != 1) {
            return Optional.empty();
        }
        TargetUnits units = TargetUnits.of(right, schema, transforms);
        return Optional.of(new Comparison(Optional.empty(), numbers(model, data, column, units, batch), inputShape(model, data)));
    }

    private static Comparison classes(Prediction model, Meaning meaning, Dataset data, int column, int batch) {
        int size = (int) model.outputShape().size();
        int classes = meaning.isOneOfTwo() ? 2 : size;
        List<String> categories = data.schema().columns().get(column).categories();
        long[][] counts = new long[classes][classes];
        List<Sample> samples = new ArrayList<>();
        int wrong = 0;
        for (int from = 0; from < data.size(); from += batch) {
            int count = Math.min(batch, data.size() - from);
            double[] outputs = model.of(data, from, count);
            double[] right = values(data, column, from, count);
            for (int i = 0; i < count; i++) {
                double[] output = Arrays.copyOfRange(outputs, i * size, (i + 1) * size);
                int answer = answer(meaning, output);
                if (right[i] < 0 || right[i] >= classes) {
                    continue;
                }
                counts[(int) right[i]][answer]++;
                boolean isWrong = answer != right[i];
                if (from + i < MOST_OF_A_KIND || isWrong && wrong < MOST_OF_A_KIND) {
                    samples.add(new Sample(from + i, right[i], answer, certainty(meaning, output, answer), input(model, data, from + i)));
                    wrong += isWrong ? 1 : 0;
                }
            }
        }
        List<String> names = IntStream.range(0, classes)
                .mapToObj(c -> c < categories.size() ? categories.get(c) : Integer.toString(c))
                .toList();
        return new Comparison(Optional.of(new Confusion(names, counts)), samples, inputShape(model, data));
    }

    private static int answer(Meaning meaning, double[] output) {
        if (meaning.isOneOfTwo()) {
            return meaning.answersOne(output[0]) ? 1 : 0;
        }
        int answer = 0;
        for (int c = 1; c < output.length; c++) {
            answer = output[c] > output[answer] ? c : answer;
        }
        return answer;
    }

    private static double certainty(Meaning meaning, double[] output, int answer) {
        if (!meaning.hasProbabilities()) {
            return Double.NaN;
        }
        double[] probabilities = meaning.probabilities(output);
        return !meaning.isOneOfTwo() ? probabilities[answer] : answer == 1 ? probabilities[0] : 1 - probabilities[0];
    }

    private static List<Sample> numbers(Prediction model, Dataset data, int column, TargetUnits units, int batch) {
        List<Sample> samples = new ArrayList<>();
        for (int from = 0; from < Math.min(data.size(), MOST_NUMBERS); from += batch) {
            int count = Math.min(batch, data.size() - from);
            double[] outputs = model.of(data, from, count);
            double[] right = values(data, column, from, count);
            for (int i = 0; i < count; i++) {
                double[] input = samples.size() < MOST_OF_A_KIND ? input(model, data, from + i) : new double[0];
                samples.add(new Sample(from + i, units.of(right[i]), units.of(outputs[i]), Double.NaN, input));
            }
        }
        return samples;
    }

    /** Of a model that asks for several columns, the first stands for a row. */
    private static String input(Prediction model) {
        return model.columns().getFirst();
    }

    private static Shape inputShape(Prediction model, Dataset data) {
        return data.schema().column(input(model)).shape();
    }

    private static double[] input(Prediction model, Dataset data, int row) {
        return values(data, data.schema().indexOf(input(model)), row, 1);
    }

    private static double[] values(Dataset data, int column, int from, int count) {
        int[] rows = IntStream.range(from, from + count).toArray();
        Column described = data.schema().columns().get(column);
        int size = count * (int) described.shape().size();
        if (described.dtype().isFloating()) {
            double[] numbers = new double[size];
            data.read(column, rows, 0, count, numbers);
            return numbers;
        }
        int[] numbers = new int[size];
        data.read(column, rows, 0, count, numbers);
        return IntStream.of(numbers).asDoubleStream().toArray();
    }
}
