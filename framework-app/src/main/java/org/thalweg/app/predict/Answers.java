package org.thalweg.app.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.data.Schema;
import org.thalweg.api.data.Transform;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.app.pipeline.Prediction;

/** Turns rows of numbers into answers, a batch at a time. */
public final class Answers {
    /** What stands for a target that the data does not have. */
    private static final Column NUMBERS = new Column(Column.TARGET, DType.FLOAT64, Shape.scalar());

    private final Prediction model;
    private final InputRows rows;
    private final Dataset transformed;
    private final Meaning meaning;
    private final List<String> categories;
    private final TargetUnits units;
    private final boolean single;

    /**
     * Answers of a model.
     *
     * @param model that answers
     * @param loss that it was trained with
     * @param right the column of the data that says what its answers should be, if there is one
     * @param schema the columns of the training data before any transform
     * @param transforms as fitted to the training data
     * @param batch rows of a batch
     * @param single whether the model computes in single precision, so that more digits mean nothing
     */
    public Answers(Prediction model, Loss loss, Optional<String> right, Schema schema, List<Transform.Fitted> transforms, int batch, boolean single) {
        this.model = model;
        this.single = single;
        rows = new InputRows(schema, model.columns(), batch);
        transformed = transformed(rows, transforms);
        Column target = right.filter(schema.names()::contains).map(schema::column).orElse(NUMBERS);
        meaning = Meaning.of(loss.scores(), target, model.outputShape());
        categories = target.categories();
        units = meaning.isClass() ? TargetUnits.SAME : TargetUnits.of(right, schema, transforms);
    }

    static Dataset transformed(Dataset rows, List<Transform.Fitted> transforms) {
        Dataset data = rows;
        for (Transform.Fitted transform : transforms) {
            data = transform.apply(data);
        }
        return data;
    }

    /** The columns that the model may ask for. */
    public static Schema transformed(Schema schema, List<Transform.Fitted> transforms) {
        return transformed(new InputRows(schema, List.of(), 1), transforms).schema();
    }

    /** Rows of a batch. */
    int batch() {
        return rows.size();
    }

    /** Whether answers are classes. */
    boolean isClass() {
        return meaning.isClass();
    }

    /** What {@link Answer#certainty} is: {@code probability} or {@code score}. */
    String certainty() {
        return meaning.hasProbabilities() ? "probability" : "score";
    }

    /** The names of {@link Answer#numbers}: of the classes, or the places of the numbers. */
    List<String> names() {
        int count = meaning.isOneOfTwo() ? 2 : (int) model.outputShape().size();
        return IntStream.range(0, count).mapToObj(i -> meaning.isClass() ? name(i) : Integer.toString(i)).toList();
    }

    void set(int row, double[] numbers) {
        rows.set(row, numbers);
    }

    /**
     * Answers the first rows.
     *
     * @param place of a row, for messages
     */
    List<Answer> answer(int count, IntFunction<String> place) {
        double[] outputs = model.of(transformed, 0, count);
        int size = (int) model.outputShape().size();
        List<Answer> answers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            double[] output = Arrays.copyOfRange(outputs, i * size, (i + 1) * size);
            if (!Arrays.stream(output).allMatch(meaning.isClass() ? number -> !Double.isNaN(number) : Double::isFinite)) {
                throw new DataException(place.apply(i) + ": the answer is not a number: a value is missing that no transform fills, or is too large; "
                        + "correct the row, or leave it out");
            }
            answers.add(answer(output));
        }
        return answers;
    }

    private Answer answer(double[] output) {
        if (!meaning.isClass()) {
            return new Answer(null, Double.NaN, Arrays.stream(output).map(units::of).toArray());
        }
        double[] numbers = meaning.probabilities(output);
        int best = 0;
        if (meaning.isOneOfTwo()) {
            best = meaning.answersOne(output[0]) ? 1 : 0;
            numbers = new double[] {meaning.hasProbabilities() ? 1 - numbers[0] : -numbers[0], numbers[0]};
        } else {
            for (int i = 1; i < output.length; i++) {
                best = output[i] > output[best] ? i : best;
            }
        }
        return new Answer(name(best), numbers[best], numbers);
    }

    private String name(int number) {
        return number < categories.size() ? categories.get(number) : Integer.toString(number);
    }

    /** A number with as many digits as mean something. */
    Number shown(double number) {
        if (single) {
            return (float) number;
        }
        return number;
    }
}
