package org.thalweg.app.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.thalweg.api.data.DataException;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.optim.State;
import org.thalweg.api.optim.Step;
import org.thalweg.api.optim.Update;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.api.training.StopCriterion;
import org.thalweg.api.training.StopReason;
import org.thalweg.api.training.TrainingListener;
import org.thalweg.app.pipeline.Formulas.Descent;
import org.thalweg.app.pipeline.Formulas.Factor;
import org.thalweg.app.pipeline.Formulas.Squared;
import org.thalweg.autodiff.layer.Dense;
import org.thalweg.autodiff.layer.Dropout;
import org.thalweg.autodiff.layer.Tanh;
import org.thalweg.loss.Accuracy;

@ParameterizedClass
@EnumSource
class PipelineTest {
    @Parameter
    Computer computer;

    private final Recorder recorder = new Recorder();

    private PipelineBuilder classifier() {
        return computer.pipeline()
                .training(Tables.corners(50))
                .model(Dense.of(8), new Tanh(), Dense.of(3))
                .loss(Formulas.crossEntropy())
                .optimizer(Formulas.adam(0.02))
                .batchSize(16)
                .listenEverySteps(1)
                .listener(recorder);
    }

    private PipelineBuilder line(double[] inputs, double[] targets) {
        return computer.pipeline()
                .dtype(DType.FLOAT64)
                .training(Tables.numbers(inputs, targets))
                .model(new Factor())
                .loss(new Squared(Reduction.MEAN))
                .optimizer(Formulas.sgd(0.1))
                .listenEverySteps(1)
                .listener(recorder);
    }

    @Test
    void aModelLearnsAndItsMetricsAreReported() {
        TrainingResult result = classifier()
                .validation(Tables.corners(31))
                .test(Tables.corners(20))
                .metric("accuracy", new Accuracy())
                .epochs(30)
                .build()
                .train();

        assertEquals(StopReason.Kind.COMPLETED, result.reason().kind());
        assertEquals(Set.of("train.loss", "validation.loss", "validation.accuracy", "test.loss", "test.accuracy"), result.metrics().keySet());
        assertTrue(result.metrics().get("test.accuracy") > 0.9, () -> result.metrics().toString());
        assertEquals(30, result.epochs());
        assertEquals(120, result.steps());
        assertEquals(List.of("0.weight", "0.bias", "2.weight", "2.bias"), List.copyOf(result.finalWeights().parameters().keySet()));
        assertEquals(Shape.of(8, 2), result.finalWeights().parameters().get("0.weight").shape());
        assertTrue(result.optimizerState().containsKey("2.bias/m"));
    }

    @Test
    void theSameSeedGivesTheSameBitsAndAnotherDoesNot() {
        PipelineBuilder builder = classifier().epochs(2);
        Weights first = builder.build().train().finalWeights();
        assertEquals(first, builder.build().train().finalWeights());
        assertNotEquals(first, builder.seed(43).build().train().finalWeights());
    }

    @Test
    void aParameterStartsTheSameWhateverElseTheModelHas() {
        Weights small = classifier().model(Dense.of(3), new Tanh()).optimizer(Formulas.sgd(0)).build().train().finalWeights();
        Weights large = classifier().model(Dense.of(3), new Tanh(), Dense.of(3)).optimizer(Formulas.sgd(0)).build().train().finalWeights();
        assertEquals(small.parameters().get("0.weight"), large.parameters().get("0.weight"));
        assertNotEquals(small.parameters().get("0.weight"), large.parameters().get("2.weight"));
    }

    @Test
    void theNumberOfThreadsChangesNoBit() {
        Weights one = classifier().threads(1).epochs(2).build().train().finalWeights();
        assertEquals(one, classifier().threads(3).epochs(2).build().train().finalWeights());
    }

    @Test
    void aPipelineTrainsFromTheBeginningEachTime() {
        Pipeline pipeline = classifier().build();
        assertEquals(pipeline.train().finalWeights(), pipeline.train().finalWeights());
    }

    @Test
    void listenersHearOfTheRunItsStepsAndItsEpochs() {
        classifier().epochs(2).listenEverySteps(3).name("corners").build().train();

        assertEquals(List.of(new TrainingListener.RunStarted("corners", 51, 50, 2, 4, 3)), recorder.started);
        assertEquals(List.of(3L, 4L, 6L, 8L), recorder.steps.stream().map(TrainingListener.StepEnded::step).toList());
        assertEquals(List.of(1, 1, 2, 2), recorder.steps.stream().map(TrainingListener.StepEnded::epoch).toList());
        assertEquals(List.of(4L, 8L), recorder.epochs.stream().map(TrainingListener.EpochEnded::step).toList());
        assertEquals(1, recorder.ended.size());
    }

    @Test
    void everyEpochGoesThroughAllRowsInAnOrderOfItsOwn() {
        double[] numbers = IntStream.range(0, 10).asDoubleStream().toArray();
        line(numbers, new double[10]).optimizer(Formulas.sgd(0)).batchSize(1).epochs(2).build().train();

        List<Double> first = recorder.losses().subList(0, 10);
        List<Double> second = recorder.losses().subList(10, 20);
        assertEquals(10, new HashSet<>(first).size());
        assertEquals(new HashSet<>(first), new HashSet<>(second));
        assertNotEquals(first, second);
    }

    @Test
    void theLastBatchMayBeSmallerAndCountsByItsRows() {
        // The factor stays 1, so the losses are the squares of the inputs: batches of 2, 2 and 1 rows.
        line(new double[] {1, 2, 3, 4, 5}, new double[5])
                .optimizer(Formulas.sgd(0)).rowOrder(epoch -> new int[] {0, 1, 2, 3, 4}).batchSize(2).build().train();

        assertEquals(List.of(2.5, 12.5, 25.0), recorder.losses());
        assertEquals(11, recorder.epochs.getFirst().metrics().get("train.loss"), 1e-12);
    }

    @Test
    void validationDoesNotDependOnHowRowsFallIntoBatches() {
        Map<String, Double> whole = evaluated(31);
        for (int batchSize : new int[] {1, 4, 30, 100}) {
            evaluated(batchSize).forEach((name, value) -> assertEquals(whole.get(name), value, 1e-12, name));
        }
    }

    private Map<String, Double> evaluated(int batchSize) {
        return classifier().dtype(DType.FLOAT64).optimizer(Formulas.sgd(0)).validation(Tables.corners(31)).metric("accuracy", new Accuracy())
                .batchSize(batchSize).build().train().metrics();
    }

    @Test
    void aSummedLossIsTheSumOverTheData() {
        line(new double[] {1, 2, 3}, new double[3])
                .loss(new Squared(Reduction.SUM)).optimizer(Formulas.sgd(0)).batchSize(2).rowOrder(epoch -> new int[] {0, 1, 2}).build().train();
        assertEquals(List.of(5.0, 9.0), recorder.losses());
        assertEquals(14, recorder.epochs.getFirst().metrics().get("train.loss"));
    }

    @Test
    void anOptimizerOfTheWholeDataSetTakesOneStepAnEpoch() {
        TrainingResult result = line(new double[] {1, 2, 3}, new double[] {2, 4, 6})
                .optimizer(new Descent(0.1)).batchSize(1).epochs(40).build().train();
        assertEquals(40, result.steps());
        assertEquals(2, result.finalWeights().parameters().get("factor").values()[0], 1e-9);
    }

    @Test
    void theScheduleScalesTheLearningRateOfEachStep() {
        line(new double[] {1, 2}, new double[2]).schedule(step -> 1.0 / (step + 1)).batchSize(1).epochs(2).build().train();
        assertArrayEquals(new double[] {0.1, 0.05, 0.1 / 3, 0.025},
                recorder.steps.stream().mapToDouble(TrainingListener.StepEnded::learningRate).toArray(), 1e-15);
    }

    @Test
    void gradientTransformsAreAppliedInOrder() {
        // The gradient at factor 1 is 2; doubled and then lowered by 1 it is 3.
        TrainingResult result = line(new double[] {1}, new double[] {0})
                .optimizer(Formulas.sgd(0.1))
                .gradientTransforms(
                        (gradients, parameters, step) -> Map.of("factor", gradients.get("factor").mul(2)),
                        (gradients, parameters, step) -> Map.of("factor", gradients.get("factor").sub(1)))
                .build()
                .train();
        assertEquals(0.7, result.finalWeights().parameters().get("factor").values()[0], 1e-12);
    }

    @Test
    void dropoutDiffersBetweenStepsButNotBetweenRuns() {
        PipelineBuilder builder = computer.pipeline()
                .training(Tables.numbers(IntStream.range(1, 33).asDoubleStream().toArray(), new double[32]))
                .model(new Dropout(0.5), new Factor())
                .loss(new Squared(Reduction.MEAN))
                .optimizer(Formulas.sgd(0))
                .batchSize(32)
                .epochs(6)
                .listenEverySteps(1);
        Recorder again = new Recorder();
        builder.listener(recorder).build().train();
        builder.listener(again).build().train();
        assertEquals(6, new HashSet<>(again.losses()).size());
        assertEquals(recorder.losses().subList(0, 6), again.losses());
    }

    @Test
    void aLayerAppliedTwiceUnderOnePathAddsUpItsGradients() {
        Layer twice = (context, input) -> context.apply("shared", new Factor(), context.apply("shared", new Factor(), input));
        // The output is f^2 x: at x = 1, t = 0 and f = 1 the gradient of f^4 is 4.
        TrainingResult result = line(new double[] {1}, new double[] {0}).model(twice).optimizer(Formulas.sgd(0.1)).build().train();
        assertEquals(Set.of("shared.factor"), result.finalWeights().parameters().keySet());
        assertEquals(0.6, result.finalWeights().parameters().get("shared.factor").values()[0], 1e-12);
    }

    /** Adds the mean of the inputs so far, which it keeps. */
    private record RunningMean() implements Layer {
        @Override
        public Tensor apply(LayerContext context, Tensor input) {
            Tensor mean = context.state("mean", Shape.scalar(), 8);
            context.update(mean, mean.mul(0.5).add(input.mean().mul(0.5)));
            return context.training() ? input : input.add(mean);
        }
    }

    @Test
    void stateIsUpdatedInTrainingAndOnlyReadInEvaluation() {
        TrainingResult result = line(new double[] {2, 2}, new double[2])
                .model(new RunningMean(), new Factor()).optimizer(Formulas.sgd(0)).batchSize(1)
                .validation(Tables.numbers(new double[] {1}, new double[] {0})).build().train();
        assertEquals(3.5, result.finalWeights().state().get("0.mean").values()[0]);
        assertEquals(4.5 * 4.5, result.metrics().get("validation.loss"), 1e-12);
    }

    /** Steps towards where the parameter started. */
    private record Homesick(double learningRate) implements Optimizer {
        @Override
        public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
            Tensor start = state.get("start", parameter.mul(3));
            return Update.of(start).with("start", start.add(step.number()));
        }
    }

    @Test
    void anOptimizersStateMayStartFromTheParameter() {
        TrainingResult result = line(new double[] {1}, new double[] {0}).optimizer(new Homesick(1)).epochs(3).build().train();
        assertEquals(3 + 1 + 2, result.finalWeights().parameters().get("factor").values()[0], 1e-12);
        assertEquals(3 + 1 + 2 + 3, result.optimizerState().get("factor/start").values()[0], 1e-12);
    }

    @Test
    void theBestEpochIsThatOfTheFirstValidationMetric() {
        // The factor goes 1, 0.8, 0.6 ... away from the validation data's optimum, 0.75.
        Optimizer descending = new Optimizer() {
            @Override
            public double learningRate() {
                return 0.2;
            }

            @Override
            public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
                return Update.of(parameter.sub(step.learningRate()));
            }
        };
        TrainingResult result = line(new double[] {1}, new double[] {0}).optimizer(descending).epochs(4)
                .validation(Tables.numbers(new double[] {1}, new double[] {0.75})).build().train();
        assertEquals(1, result.bestEpoch());
        assertEquals(0.8, result.bestWeights().parameters().get("factor").values()[0], 1e-12);
        assertEquals(0.2, result.finalWeights().parameters().get("factor").values()[0], 1e-12);
    }

    @Test
    void aStopCriterionEndsTheRunAndSeesTheGradientsNorm() {
        List<Double> norms = new ArrayList<>();
        StopCriterion criterion = new StopCriterion() {
            @Override
            public Monitor start() {
                return new Monitor() {
                    @Override
                    public String afterStep(TrainingListener.StepEnded step) {
                        norms.add(step.gradientNorm());
                        return step.step() == 3 ? "three steps are enough" : null;
                    }
                };
            }

            @Override
            public boolean needsGradientNorm() {
                return true;
            }
        };
        TrainingResult result = line(new double[] {1, 1}, new double[2]).batchSize(1).epochs(9).stop(criterion).build().train();
        assertEquals(new StopReason(StopReason.Kind.CONVERGED, "three steps are enough"), result.reason());
        assertEquals(3, result.steps());
        assertEquals(2, result.epochs());
        assertArrayEquals(new double[] {2, 1.6, 1.28}, norms.stream().mapToDouble(x -> x).toArray(), 1e-12);
    }

    @Test
    void snapshotsCannotBeChanged() {
        StoredTensor weight = classifier().build().train().finalWeights().parameters().get("0.weight");
        float[] array = (float[]) weight.array();
        array[0] = 99;
        assertNotEquals(99, weight.values()[0]);
    }

    @Test
    void aClassThatTheModelDoesNotKnowIsNamedWithItsRow() {
        PipelineBuilder builder = classifier().training(Tables.classes(0, 1, 3, 2)).batchSize(3);
        DataException inTraining = assertThrows(DataException.class, builder.build()::train);
        assertEquals("row 2 of the training data: column 'target' holds the class number 3, but the model tells the classes 0 to 2 apart",
                inTraining.getMessage());

        builder.training(Tables.corners(9)).validation(Tables.classes(0, 1, 1, -5));
        DataException inValidation = assertThrows(DataException.class, builder.build()::train);
        assertEquals("row 3 of the validation data: column 'target' holds the class number -5, but the model tells the classes 0 to 2 apart",
                inValidation.getMessage());
    }
}
