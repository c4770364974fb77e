package org.thalweg.app.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.api.training.StopReason;
import org.thalweg.app.pipeline.Formulas.Factor;
import org.thalweg.app.pipeline.Formulas.Log;
import org.thalweg.app.pipeline.Formulas.Squared;
import org.thalweg.autodiff.layer.Dense;
import org.thalweg.autodiff.layer.Tanh;
import org.thalweg.loss.CrossEntropy;
import org.thalweg.loss.MeanSquaredErrorLoss;

@ParameterizedClass
@EnumSource
class AccumulationTest {
    @Parameter
    Computer computer;

    private final Recorder recorder = new Recorder();

    private PipelineBuilder classifier(Reduction reduction) {
        String reduced = Settings.kebab(reduction);
        return computer.pipeline()
                .dtype(DType.FLOAT64)
                .training(Tables.corners(50))
                .model(Dense.of(4), new Tanh(), Dense.of(3))
                .loss(Settings.of(CrossEntropy.class, Map.of("weight", List.of(1, 5, 0.25), "reduction", reduced)))
                .optimizer(Formulas.adam(0.02))
                .epochs(3)
                .listenEverySteps(1)
                .listener(recorder);
    }

    private PipelineBuilder line(Loss loss) {
        double[] inputs = IntStream.range(0, 11).mapToDouble(i -> 0.1 * i - 0.3).toArray();
        return computer.pipeline()
                .dtype(DType.FLOAT64)
                .training(Tables.numbers(inputs, DoubleStream.of(inputs).map(x -> 3 * x - x * x).toArray()))
                .model(new Factor())
                .loss(loss)
                .optimizer(Formulas.sgd(0.1))
                .epochs(2)
                .listenEverySteps(1)
                .listener(recorder);
    }

    private void assertAsOneLargeBatch(PipelineBuilder pipeline, int batch, int accumulate) {
        recorder.steps.clear();
        recorder.started.clear();
        TrainingResult large = pipeline.batchSize(batch * accumulate).accumulate(1).build().train();
        List<Double> losses = recorder.losses();
        recorder.steps.clear();
        TrainingResult parts = pipeline.batchSize(batch).accumulate(accumulate).build().train();

        assertEquals(large.steps(), parts.steps());
        assertEquals(recorder.started.getFirst().stepsPerEpoch(), recorder.started.getLast().stepsPerEpoch());
        assertArrayEquals(losses.stream().mapToDouble(x -> x).toArray(), recorder.losses().stream().mapToDouble(x -> x).toArray(), 1e-12);
        assertEquals(large.metrics().get("train.loss"), parts.metrics().get("train.loss"), 1e-12);
        large.finalWeights().parameters().forEach((path, want) ->
                assertArrayEquals(want.values(), parts.finalWeights().parameters().get(path).values(), 1e-12, path));
    }

    @Test
    void batchesOfUnequalSizeCountAsInOneLargeBatch() {
        assertAsOneLargeBatch(line(new MeanSquaredErrorLoss(Reduction.MEAN)), 2, 3);
        assertAsOneLargeBatch(line(new MeanSquaredErrorLoss(Reduction.MEAN)), 4, 7);
    }

    @Test
    void batchesOfUnequalWeightCountAsInOneLargeBatchAndTheLastStepOfAnEpochMayHaveFewer() {
        assertAsOneLargeBatch(classifier(Reduction.MEAN), 4, 3);
        assertAsOneLargeBatch(classifier(Reduction.SUM), 4, 3);
    }

    /** Counts its applications in training, and keeps the random number of the last two. */
    private static final Layer COUNTING = (context, input) -> {
        Tensor count = context.state("count", Shape.scalar(), 0);
        context.update(count, count.add(1));
        Tensor last = context.state("last", Shape.of(1), -1);
        Tensor before = context.state("before", Shape.of(1), -1);
        context.update(before, last);
        context.update(last, context.uniform(Shape.of(1)));
        return input;
    };

    @Test
    void layersSeeEveryBatchWithRandomNumbersOfItsOwn() {
        TrainingResult result = classifier(Reduction.MEAN).model(Dense.of(3), COUNTING).batchSize(4).accumulate(13).epochs(2).build().train();

        Map<String, StoredTensor> state = result.finalWeights().state();
        assertEquals(2, result.steps());
        assertEquals(26, state.get("1.count").values()[0]);
        assertNotEquals(state.get("1.before").values()[0], state.get("1.last").values()[0]);
    }

    @Test
    void aNumberThatIsNotFiniteEndsTheStepInTheMiddleAndTheOperationIsNamed() {
        TrainingResult result = line(new Squared(Reduction.MEAN))
                .training(Tables.numbers(new double[] {1, 1, 1, 0}, new double[4]))
                .model(new Factor(), new Log())
                .rowOrder(epoch -> new int[] {0, 1, 2, 3})
                .batchSize(1)
                .accumulate(3)
                .build()
                .train();

        assertEquals(StopReason.Kind.DIVERGED, result.reason().kind());
        assertTrue(result.reason().message().startsWith("step 2 (epoch 1): the loss is not finite: 'log' of layer 1 (log) gave -Infinity; "),
                result.reason().message());
        assertEquals(1, result.steps());
    }

    @Test
    void stepsWhoseWeightsAddUpToNothingAreNamed() {
        TrainingResult result = classifier(Reduction.MEAN)
                .loss(Settings.of(CrossEntropy.class, Map.of("weight", List.of(0, 0, 0))))
                .batchSize(25)
                .accumulate(2)
                .build()
                .train();

        assertEquals(StopReason.Kind.DIVERGED, result.reason().kind());
        assertTrue(result.reason().message().startsWith("step 1 (epoch 1): the loss is not finite: "), result.reason().message());
    }

    @Test
    void whatCannotBeAddedUpIsRefused() {
        IllegalStateException whole = assertThrows(IllegalStateException.class,
                () -> line(new Squared(Reduction.MEAN)).optimizer(new Formulas.Descent(0.1)).accumulate(2).build());
        assertEquals("the optimizer takes the whole data set in one batch, so there is nothing to accumulate: leave out accumulate(...)", whole.getMessage());
        Loss odd = inputs -> new Loss.Elements(inputs.input().sub(inputs.targetLikeInput()).square(), inputs.input().square().sum());
        LocatedShapeException divisor = assertThrows(LocatedShapeException.class, () -> line(odd).accumulate(2).build().train());
        assertTrue(divisor.getMessage().contains("what its mean divides by depends on the parameters"), divisor.getMessage());
        assertThrows(IllegalArgumentException.class, () -> line(odd).accumulate(0));
    }
}
