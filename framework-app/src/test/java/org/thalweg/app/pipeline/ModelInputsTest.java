package org.thalweg.app.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.app.pipeline.Formulas.Factor;
import org.thalweg.app.pipeline.Formulas.Squared;
import org.thalweg.autodiff.layer.Input;
import org.thalweg.data.ColumnValues;
import org.thalweg.data.InMemory;
import org.thalweg.loss.Accuracy;

/** Models that read columns by name, and models that are applied to several columns. */
class ModelInputsTest {
    private static final Dataset PAIRS = InMemory.of(
            ColumnValues.numbers("left", Shape.of(1), new double[] {1, 2}),
            ColumnValues.numbers("right", Shape.of(1), new double[] {0, 4}));

    private static final Dataset SUMMANDS = InMemory.of(
            ColumnValues.numbers("input", Shape.of(1), new double[] {1, 2}),
            ColumnValues.integers("more", Shape.of(1), new int[] {3, 5}),
            ColumnValues.numbers("target", Shape.of(1), new double[] {0, 0}));

    /** (left - right)^2 */
    private record Apart(List<String> inputs) implements Loss {
        @Override
        public Elements elements(LossInputs given) {
            return Elements.of(given.get(inputs.get(0)).sub(given.get(inputs.get(1))).square());
        }
    }

    /** w * input + the column 'more', whose type must have stayed. */
    private record AddMore(String column) implements Layer {
        @Override
        public Tensor apply(LayerContext context, Tensor input) {
            Tensor more = context.named(column);
            assertEquals(DType.INT32, more.dtype());
            return context.apply("factor", new Factor(), input).add(more.cast(context.dtype()));
        }
    }

    /** Adds the running sum of all that it was given. */
    private record Counting() implements Layer {
        @Override
        public Tensor apply(LayerContext context, Tensor input) {
            Tensor sum = context.state("sum", Shape.scalar(), 0);
            context.update(sum, sum.add(input.sum()));
            return context.apply("factor", new Factor(), input);
        }
    }

    @Test
    void aLayerReadsAColumnByNameInTraining() {
        TrainingResult result = summands(new AddMore("more")).train();
        // Both rows: the gradient is the mean of 2 (x + m) x = (8 + 28) / 2, so that the factor becomes 1 - 0.1 * 18.
        assertEquals(-0.8, factor(result, "factor.factor"), 1e-12);
    }

    @Test
    void evaluationAndSummaryReadTheSameColumns() {
        Pipeline pipeline = summands(new AddMore("more"));
        // ((1 + 3)^2 + (2 + 5)^2) / 2
        assertEquals(32.5, pipeline.evaluate("test", SUMMANDS).get("test.loss"), 1e-12);
        // Two rows of two FLOAT64 columns and an INT32 one.
        assertEquals(2 * (8 + 8 + 4), pipeline.summary(OptionalInt.of(2)).memory().batch());
    }

    @Test
    void theInputLayerBeginsWithAnotherColumn() {
        Dataset data = InMemory.of(ColumnValues.numbers("input", Shape.of(1), new double[] {9, 9}),
                ColumnValues.numbers("other", Shape.of(1), new double[] {1, 3}), ColumnValues.numbers("target", Shape.of(1), new double[] {0, 0}));
        assertEquals(5, builder(data).model(new Input("other"), new Factor()).loss("squared", new Squared(Reduction.MEAN)).build()
                .evaluate("test", data).get("test.loss"), 1e-12);
    }

    @Test
    void aNameThatNothingHasListsTheColumns() {
        ShapeException problem = assertThrows(ShapeException.class, () -> summands(new AddMore("extra")).train());
        assertEquals("the model (add-more): nothing is called 'extra' here; the data has the columns [input, more, target]", problem.getMessage());
    }

    @Test
    void validationDataThatLacksAColumnIsRefusedBeforeTheFirstStep() {
        DataException problem = assertThrows(DataException.class, () -> builder(SUMMANDS).model(new AddMore("more"))
                .loss("squared", new Squared(Reduction.MEAN)).validation(Tables.numbers(new double[] {1}, new double[] {1}))
                .cancelWhen(() -> true).build().train());
        assertEquals("the validation data has no column 'more'; it has [input, target]", problem.getMessage());
    }

    @Test
    void oneModelAppliedTwiceSharesItsParametersAndAddsTheirGradients() {
        TrainingResult result = pairs(new Factor()).build().train();
        // w^2 times the mean of (1 - 0)^2 and (2 - 4)^2 has the derivative 5 at 1, if both applications count.
        assertEquals(1, result.finalWeights().parameters().size());
        assertEquals(0.5, factor(result, "factor"), 1e-12);
    }

    @Test
    void oneModelAppliedTwiceIsWhatAModelIsThatAppliesALayerTwice() {
        Layer handMade = (context, input) -> {
            Tensor left = context.apply("shared", new Factor(), input);
            return left.sub(context.apply("shared", new Factor(), context.named("right")));
        };
        Dataset data = InMemory.of(ColumnValues.numbers("input", Shape.of(1), new double[] {1, 2}),
                ColumnValues.numbers("right", Shape.of(1), new double[] {0, 4}), ColumnValues.numbers("target", Shape.of(1), new double[2]));
        TrainingResult expected = builder(data).model(handMade).loss("squared", new Squared(Reduction.MEAN)).epochs(3).build().train();
        TrainingResult result = pairs(new Factor()).epochs(3).build().train();
        assertArrayEquals(expected.finalWeights().parameters().get("shared.factor").values(), result.finalWeights().parameters().get("factor").values());
    }

    @Test
    void stateGoesOnFromOneApplicationToTheNext() {
        TrainingResult result = pairs(new Counting()).build().train();
        assertEquals(1 + 2 + 0 + 4, result.finalWeights().state().get("sum").values()[0], 1e-12);
    }

    @Test
    void namesThatDoNotFitTheLossAreRefused() {
        assertRefused("modelInputs names the column 'middle', but the loss apart has the inputs [left, right]; available: left, right", "left", "middle");
        assertRefused("modelInputs names a column twice: [left, left]; name each once", "left", "left");
        assertRefused("modelInputs names one column, 'left'; the loss apart has the inputs [left, right]: name two of them or more, or leave it out to"
                + " apply the model to 'input'", "left");
    }

    @Test
    void aMetricWithoutAColumnToCompareWithIsRefused() {
        ShapeException problem = assertThrows(ShapeException.class,
                () -> pairs(new Factor()).metric("accuracy", Settings.of(Accuracy.class, Map.of())).validation(PAIRS).build().train());
        assertEquals("the metric 'accuracy' compares the model's output with a column of the data, but all inputs of the loss apart come from the model,"
                + " and the data has no column 'target', only [left, right]; leave the metric out, or add such a column", problem.getMessage());
    }

    private static void assertRefused(String sentence, String... columns) {
        PipelineBuilder builder = pairs(new Factor()).modelInputs(columns);
        assertEquals(sentence, assertThrows(IllegalStateException.class, builder::build).getMessage());
    }

    private static Pipeline summands(Layer model) {
        return builder(SUMMANDS).model(model).loss("squared", new Squared(Reduction.MEAN)).build();
    }

    private static PipelineBuilder pairs(Layer model) {
        return builder(PAIRS).model(model).modelInputs("left", "right").loss("apart", new Apart(List.of("left", "right")));
    }

    private static PipelineBuilder builder(Dataset data) {
        return Pipeline.builder().training(data).dtype(DType.FLOAT64).optimizer(Formulas.sgd(0.1)).batchSize(2).threads(1);
    }

    private static double factor(TrainingResult result, String path) {
        return result.finalWeights().parameters().get(path).values()[0];
    }
}
