package org.thalweg.app.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.thalweg.api.data.DataException;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.api.training.StopReason;
import org.thalweg.app.pipeline.Formulas.Factor;
import org.thalweg.app.pipeline.Formulas.Log;
import org.thalweg.app.pipeline.Formulas.Squared;

/** What a run says when a number is no longer finite. */
@ParameterizedClass
@EnumSource
class DivergenceTest {
    @Parameter
    Computer computer;

    private final Recorder recorder = new Recorder();

    private PipelineBuilder pipeline(double[] inputs, double[] targets, Layer second) {
        return computer.pipeline()
                .dtype(DType.FLOAT64)
                .training(Tables.numbers(inputs, targets))
                .model(new Factor(), second)
                .loss("squared", new Squared(Reduction.MEAN))
                .optimizer(Formulas.sgd(0.1))
                .batchSize(1)
                .rowOrder(epoch -> IntStream.range(0, inputs.length).toArray())
                .listenEverySteps(1)
                .listener(recorder);
    }

    @Test
    void theStepTheOperationAndTheParameterAreNamedAndTheParametersAreAsBeforeTheStep() {
        TrainingResult result = pipeline(new double[] {1, 1, 0}, new double[] {0, 0, 0}, new Log()).epochs(3).build().train();

        assertEquals(StopReason.Kind.DIVERGED, result.reason().kind());
        assertEquals("step 3 (epoch 1): the loss is not finite: 'log' of layer 1 (log) gave -Infinity; the largest number is in parameter"
                + " '0.factor', 1.0; lower the learning rate or clip the gradient", result.reason().message());
        assertEquals(2, result.steps());
        assertEquals(0, result.epochs());
        assertEquals(0, result.bestEpoch());
        assertEquals(1, result.finalWeights().parameters().get("0.factor").values()[0]);
        assertEquals(result.finalWeights(), result.bestWeights());
        assertEquals(result.reason(), recorder.ended.getFirst().reason());
    }

    private record Sqrt() implements Layer {
        @Override
        public Tensor apply(LayerContext context, Tensor input) {
            return input.sqrt();
        }
    }

    @Test
    void aGradientThatIsNotFiniteIsNamedThoughTheLossIs() {
        TrainingResult result = pipeline(new double[] {0}, new double[] {2}, new Sqrt()).build().train();
        assertEquals("step 1 (epoch 1): the gradient of parameter '0.factor' is not finite: 'div' of layer 1 (sqrt) gave -Infinity; the largest"
                + " number is in parameter '0.factor', 1.0; lower the learning rate or clip the gradient", result.reason().message());
    }

    @Test
    void aRunWhoseLearningRateIsTooHighSaysWhichParameterGrew() {
        TrainingResult result = pipeline(new double[] {1}, new double[] {0}, (context, input) -> input)
                .optimizer(Formulas.sgd(1e6)).epochs(1000).build().train();
        assertTrue(result.reason().message().matches(
                "step \\d+ \\(epoch \\d+\\): the loss is not finite: 'mul' of the loss squared gave Infinity;"
                        + " the largest number is in parameter '0.factor', .*; lower the learning rate or clip the gradient"), result.reason().message());
        assertTrue(Double.isFinite(result.finalWeights().parameters().get("0.factor").values()[0]));
    }

    @Test
    void anUpdateThatOverflowsIsNoticedEvenAfterTheLastStep() {
        for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
            TrainingResult result = pipeline(new double[] {1e10}, new double[] {0}, (context, input) -> input)
                    .dtype(dtype).optimizer(Formulas.sgd(1e300)).build().train();
            assertEquals("step 1 (epoch 1): the update made parameter '0.factor' infinite or not a number; lower the learning rate",
                    result.reason().message());
        }
    }

    @Test
    void anOverflowInSinglePrecisionIsFoundThoughDoublePrecisionHasNone() {
        TrainingResult result = pipeline(new double[] {1e20}, new double[] {0}, (context, input) -> input).dtype(DType.FLOAT32).build().train();
        assertTrue(result.reason().message().startsWith("step 1 (epoch 1): the loss is not finite: 'mul' of the loss squared gave Infinity"),
                result.reason().message());
    }

    private record LogWherePositive() implements Layer {
        @Override
        public Tensor apply(LayerContext context, Tensor input) {
            return input.greater(0).where(input.log(), input.constant(0)).add(input.mul(1e200).square());
        }
    }

    @Test
    void whatWhereDoesNotChooseIsNotBlamed() {
        TrainingResult result = pipeline(new double[] {-1}, new double[] {0}, new LogWherePositive()).build().train();
        assertTrue(result.reason().message().contains("'mul' of layer 1 (log-where-positive) gave Infinity"), result.reason().message());
    }

    @Test
    void dataThatIsNotANumberIsNamedWithItsRow() {
        PipelineBuilder builder = pipeline(new double[] {1, 2, Double.NaN}, new double[3], (context, input) -> input).batchSize(2);
        DataException problem = assertThrows(DataException.class, builder.build()::train);
        assertEquals("row 2 of the training data: the loss is not finite: column 'input' holds NaN", problem.getMessage());
    }

    @Test
    void aParameterThatStartsInfiniteIsNamed() {
        TrainingResult result = pipeline(new double[] {1}, new double[] {0}, (context, input) -> input)
                .initialParameters(Map.of("0.factor", new double[] {Double.POSITIVE_INFINITY})).build().train();
        assertEquals("step 1 (epoch 1): the loss is not finite: parameter '0.factor' holds Infinity before the step; lower the learning"
                + " rate or clip the gradient", result.reason().message());
    }
}
