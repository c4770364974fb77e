package org.thalweg.app.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.api.data.DataException;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.optim.State;
import org.thalweg.api.optim.Step;
import org.thalweg.api.optim.Update;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.app.pipeline.Formulas.Factor;
import org.thalweg.app.pipeline.Formulas.Squared;
import org.thalweg.autodiff.layer.Dense;
import org.thalweg.autodiff.layer.Tanh;
import org.thalweg.loss.Accuracy;

/** Each mistake of a caller gets one sentence. */
class PipelineBuilderTest {
    private static PipelineBuilder complete() {
        return Computer.REFERENCE.pipeline()
                .training(Tables.numbers(new double[] {1, 2}, new double[] {3, 4}))
                .model(new Factor())
                .loss("squared", new Squared(Reduction.MEAN))
                .optimizer(Formulas.sgd(0.1));
    }

    private static Arguments mistake(String sentence, UnaryOperator<PipelineBuilder> change) {
        return Arguments.of(sentence, change);
    }

    static Stream<Arguments> mistakesInOneValue() {
        return Stream.of(
                mistake("the run's name must not be empty", builder -> builder.name(" ")),
                mistake("a model computes in FLOAT32 or FLOAT64, not in INT32", builder -> builder.dtype(DType.INT32)),
                mistake("the training data must not be null", builder -> builder.training(null)),
                mistake("the validation data has no rows", builder -> builder.validation(Tables.numbers(new double[0], new double[0]))),
                mistake("the model must not be null", builder -> builder.model((Layer) null)),
                mistake("squared: a loss that trains must become one number, so its reduction must be mean or sum, not none",
                        builder -> builder.loss(new Squared(Reduction.NONE))),
                mistake("the optimizer must not be null", builder -> builder.optimizer(null)),
                mistake("a metric cannot be called 'loss': the loss is reported under that name",
                        builder -> builder.metric("loss", new Accuracy())),
                mistake("two metrics are called 'accuracy'",
                        builder -> builder.metric("accuracy", new Accuracy()).metric("accuracy", new Accuracy())),
                mistake("the number of epochs must be at least 1, but is 0", builder -> builder.epochs(0)),
                mistake("the batch size must be at least 1, but is -3", builder -> builder.batchSize(-3)),
                mistake("the number of threads must be at least 1, but is 0", builder -> builder.threads(0)),
                mistake("listenEverySteps must be at least 1, but is 0", builder -> builder.listenEverySteps(0)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakesInOneValue")
    void aValueThatCannotBeRightIsRefusedAtOnce(String sentence, UnaryOperator<PipelineBuilder> change) {
        assertEquals(sentence, assertThrows(IllegalArgumentException.class, () -> change.apply(complete())).getMessage());
    }

    @Test
    void whatIsMissingIsNamedWhenThePipelineIsBuilt() {
        PipelineBuilder builder = Computer.REFERENCE.pipeline();
        assertEquals("the pipeline has no training data: call training(...)", missing(builder));
        builder.training(Tables.numbers(new double[] {1}, new double[] {1}));
        assertEquals("the pipeline has no model: call model(...)", missing(builder));
        builder.model(new Factor());
        assertEquals("the pipeline has no loss: call loss(...)", missing(builder));
        builder.loss(new Squared(Reduction.SUM));
        assertEquals("the pipeline has no optimizer: call optimizer(...)", missing(builder));
    }

    private static String missing(PipelineBuilder builder) {
        return assertThrows(IllegalStateException.class, builder::build).getMessage();
    }

    @Test
    void aBuilderThatChangesDoesNotChangeItsPipelines() {
        PipelineBuilder builder = complete();
        Pipeline pipeline = builder.build();
        builder.epochs(7).metric("accuracy", new Accuracy());
        assertEquals(1, pipeline.train().epochs());
    }

    private static Layer growing() {
        return (context, input) -> input.mul(context.parameter("offset", input.shape(), (shape, random) -> new double[(int) shape.size()]));
    }

    private record Forgetful(double learningRate) implements Optimizer {
        @Override
        public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
            return Update.of(parameter).with("speed", gradient);
        }
    }

    private record Summing(double learningRate) implements Optimizer {
        @Override
        public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
            return Update.of(gradient.sum());
        }
    }

    static Stream<Arguments> partsThatDoNotFit() {
        return Stream.of(
                mistake("layer 1 (layer): matmul: shapes [2, 1] and [2, 1] do not fit: [..., m, k] times [..., k, n] is needed",
                        builder -> builder.model(new Factor(), (context, input) -> input.matmul(input))),
                mistake("squared: 'target' must have the shape of 'input', [2, 3], but has [2, 1]", builder -> builder.model(Dense.of(3))),
                mistake("the model has no parameters, so there is nothing to train", builder -> builder.model(new Tanh())),
                mistake("initial values are given for [1.weight], but the model has [factor]",
                        builder -> builder.initialParameters(Map.of("1.weight", new double[1]))),
                mistake("the model (factor): 'factor' has the shape [1], 1 numbers, but its initial value has 2",
                        builder -> builder.initialParameters(Map.of("factor", new double[2]))),
                mistake("column 'input' of the validation data is FLOAT64[2] a row, but that of the training data is FLOAT64[1]",
                        builder -> builder.validation(Tables.corners(3))),
                mistake("the row order of epoch 1 has the row 2, but the training data has the rows 0 to 1",
                        builder -> builder.rowOrder(epoch -> new int[] {0, 2})),
                mistake("the row order of epoch 2 has 1 rows, but that of the first has 2",
                        builder -> builder.epochs(2).rowOrder(epoch -> new int[3 - epoch])),
                mistake("the model (layer): 'offset' has the shape [2, 1], but is asked for again with [1, 1]: two layers share its"
                        + " path, or its shape depends on the batch", builder -> builder.model(growing()).rowOrder(epoch -> new int[] {0, 1, 0}).batchSize(2)),
                mistake("forgetful: the update of 'factor' changes the state 'speed', but never asked for its value; it asked for []",
                        builder -> builder.optimizer(new Forgetful(1))),
                mistake("summing: the next value of 'factor' must be FLOAT32[1], but is FLOAT32[]",
                        builder -> builder.optimizer(new Summing(1))),
                mistake("the gradient transform: was given gradients of [factor], but returned those of []",
                        builder -> builder.gradientTransforms((gradients, parameters, step) -> Map.of())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("partsThatDoNotFit")
    void partsThatDoNotFitAreNamedBeforeOrWhileTheRunGoes(String sentence, UnaryOperator<PipelineBuilder> change) {
        assertEquals(sentence, assertThrows(RuntimeException.class, () -> change.apply(complete()).build().train()).getMessage());
    }

    @Test
    void aShapeMistakeDeepInTheModelCarriesTheLayersPathOnce() {
        Layer inner = (context, input) -> context.apply("block", new Misfit(), input);
        ShapeException problem = assertThrows(ShapeException.class, () -> complete().model(new Factor(), inner).build().train());
        assertEquals("layer 1.block (misfit): add: shapes [2, 1] and [7, 5] do not fit together", problem.getMessage());
    }

    private record Misfit() implements Layer {
        @Override
        public Tensor apply(LayerContext context, Tensor input) {
            return input.add(input.constant(0).broadcastTo(Shape.of(7, 5)));
        }
    }

    @Test
    void aColumnThatTheDataLacksIsNamed() {
        DataException problem = assertThrows(DataException.class, () -> complete().loss("triplet", new Loss() {
            @Override
            public List<String> inputs() {
                return List.of("anchor", "positive");
            }

            @Override
            public Elements elements(LossInputs inputs) {
                return Elements.of(inputs.get("anchor"));
            }
        }).build().train());
        assertEquals("there is no column 'positive'; the data has [input, target]", problem.getMessage());
    }
}
