package org.thalweg.app.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.optim.GradientTransform;
import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.optim.Schedule;
import org.thalweg.api.optim.State;
import org.thalweg.api.optim.Step;
import org.thalweg.api.optim.Update;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.api.training.TrainingListener;

/** What optimizers, schedules and transforms may say beside the update itself. */
class EvaluatedParametersTest {
    /** Moves by 1 a step, and is judged by the mean of all points. */
    private record Averaged() implements Optimizer {
        @Override
        public double learningRate() {
            return 1;
        }

        @Override
        public Update update(Tensor parameter, Tensor gradient, State state, Step step) {
            Tensor sum = state.get("sum", parameter.zerosLike());
            Tensor count = state.get("count", parameter.constant(0));
            Tensor next = parameter.add(step.learningRate()).add(gradient.mul(0));
            return Update.of(next).with("sum", sum.add(next)).with("count", count.add(1));
        }

        @Override
        public Tensor evaluated(Tensor parameter, State state) {
            Tensor count = state.get("count", parameter.constant(0));
            return state.get("sum", parameter.zerosLike()).div(count.max(1));
        }
    }

    private static final Layer SCALE = (context, input) ->
            input.mul(context.parameter("weight", Shape.of(1), (shape, random) -> new double[1]));
    private static final Loss SQUARE = inputs -> Loss.Elements.of(inputs.input().sub(inputs.targetLikeInput()).square());

    private static PipelineBuilder pipeline() {
        Dataset data = Tables.numbers(new double[] {1, 1, 1, 1}, new double[4]);
        return Pipeline.builder().dtype(DType.FLOAT64).training(data).validation(data).model(SCALE).loss("square", SQUARE).batchSize(2).threads(1);
    }

    @Test
    void whatIsJudgedAndReturnedIsWhatTheOptimizerSays() {
        TrainingResult result = pipeline().optimizer(new Averaged()).epochs(2).build().train();

        // After 1, 2, 3, 4 the mean is 2.5, and the loss of 2.5 against 0 is 6.25.
        assertArrayEquals(new double[] {2.5}, result.finalWeights().parameters().get("weight").values());
        assertEquals(6.25, result.metrics().get("validation.loss"));
    }

    @Test
    void aScheduleHearsOfEveryEpoch() {
        Schedule halving = new Schedule() {
            @Override
            public double factor(long step) {
                return 1;
            }

            @Override
            public Course start() {
                return new Course() {
                    private double factor = 1;

                    @Override
                    public double factor(long step) {
                        return factor;
                    }

                    @Override
                    public void afterEpoch(TrainingListener.EpochEnded epoch) {
                        factor /= 2;
                    }
                };
            }
        };

        TrainingResult result = pipeline().optimizer(new Averaged()).schedule(halving).epochs(2).build().train();

        // 1, 2 in the first epoch, 2.5, 3 in the second.
        assertArrayEquals(new double[] {(1 + 2 + 2.5 + 3) / 4}, result.finalWeights().parameters().get("weight").values());
    }

    @Test
    void aTransformHasTheLastWordOnTheNextParameters() {
        GradientTransform halve = new GradientTransform() {
            @Override
            public Map<String, Tensor> apply(Map<String, Tensor> gradients, Map<String, Tensor> parameters, Step step) {
                return gradients;
            }

            @Override
            public Map<String, Tensor> afterUpdate(Map<String, Tensor> next, Map<String, Tensor> parameters, Step step) {
                return Map.of("weight", next.get("weight").mul(0.5));
            }
        };
        Optimizer one = new Averaged();

        TrainingResult halved = pipeline().optimizer(one).gradientTransforms(halve).epochs(1).build().train();

        // 0 becomes 1 and is halved, 0.5 becomes 1.5: the optimizer's own sum is that of 1 and 1.5.
        assertArrayEquals(new double[] {(1 + 1.5) / 2}, halved.finalWeights().parameters().get("weight").values());
    }
}
