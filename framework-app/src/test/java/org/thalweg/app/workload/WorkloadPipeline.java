package org.thalweg.app.workload;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.Sequence;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.tensor.Shape;
import org.thalweg.app.pipeline.Pipeline;
import org.thalweg.app.pipeline.PipelineBuilder;
import org.thalweg.app.workload.Workload.Objective;
import org.thalweg.app.workload.Workload.Rule;
import org.thalweg.autodiff.layer.Dense;
import org.thalweg.autodiff.layer.Flatten;
import org.thalweg.autodiff.layer.Relu;
import org.thalweg.autodiff.layer.attention.TransformerEncoderLayer;
import org.thalweg.autodiff.layer.recurrent.Lstm;
import org.thalweg.autodiff.layer.spatial.Convolution;
import org.thalweg.autodiff.layer.spatial.MaxPool;
import org.thalweg.data.ColumnValues;
import org.thalweg.data.InMemory;
import org.thalweg.loss.BinaryCrossEntropyWithLogits;
import org.thalweg.loss.CrossEntropy;
import org.thalweg.loss.MeanSquaredErrorLoss;
import org.thalweg.optim.Adagrad;
import org.thalweg.optim.Adam;
import org.thalweg.optim.RmsProp;
import org.thalweg.optim.Sgd;

/** A workload as a pipeline: what a user would write, with the weights and the order of rows given. */
public final class WorkloadPipeline {
    /** Numbers of rows in an epoch: enough steps that an epoch's end does not count. */
    private static final int LEAST_ROWS = 400_000;

    private WorkloadPipeline() {}

    /** A pipeline whose epochs go through the batches again and again. */
    public static PipelineBuilder of(Workload workload) {
        int interval = workload.batch() * Numbers.BATCHES * workload.listenEverySteps();
        return of(workload, (LEAST_ROWS / interval + 1) * Numbers.BATCHES * workload.listenEverySteps());
    }

    /** A pipeline whose epochs have so many steps. */
    public static PipelineBuilder of(Workload workload, int stepsOfAnEpoch) {
        Numbers numbers = Numbers.of(workload);
        int[] rows = new int[stepsOfAnEpoch * workload.batch()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i % (Numbers.BATCHES * workload.batch());
        }
        Map<String, double[]> weights = new LinkedHashMap<>();
        numbers.weights().forEach((path, values) -> weights.put(path, doubles(values)));
        return Pipeline.builder()
                .training(data(workload, numbers))
                .model(model(workload.model()))
                .loss(loss(workload.objective()))
                .optimizer(optimizer(workload.rule()))
                .initialParameters(weights)
                .rowOrder(_ -> rows)
                .batchSize(workload.batch())
                .listenEverySteps(workload.listenEverySteps());
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    private static Dataset data(Workload workload, Numbers numbers) {
        return InMemory.of(
                ColumnValues.numbers(Column.INPUT, shape(workload.model().input()), numbers.inputs()),
                workload.objective() == Objective.CROSS_ENTROPY
                        ? ColumnValues.integers(Column.TARGET, Shape.scalar(), numbers.classes())
                        : ColumnValues.numbers(Column.TARGET, shape(workload.model().output()), numbers.targets()));
    }

    private static Shape shape(List<Integer> extents) {
        return Shape.of(extents.stream().mapToInt(Integer::intValue).toArray());
    }

    private static Layer model(Model model) {
        return switch (model) {
            case Model.Perceptron(List<Integer> sizes, double _) -> {
                List<Layer> layers = new ArrayList<>();
                for (int i = 1; i < sizes.size() - 1; i++) {
                    layers.add(Dense.of(sizes.get(i), new Relu()));
                }
                layers.add(Dense.of(sizes.getLast()));
                yield new Sequence(layers);
            }
            case Model.LeNet() -> new Sequence(List.of(convolution(6, 2), MaxPool.of(2), convolution(16, 0), MaxPool.of(2), new Flatten(),
                    Dense.of(120, new Relu()), Dense.of(84, new Relu()), Dense.of(10)));
            case Model.Memory(int _, int _, int units) -> Lstm.of(units);
            case Model.EncoderLayer(int _, int _, int heads, int feedForward) ->
                    new TransformerEncoderLayer(heads, feedForward, false, false, new Relu(), 0, 1e-5, Optional.empty(), Optional.empty());
        };
    }

    private static Layer convolution(int channels, int padding) {
        return new Convolution(channels, List.of(5), List.of(1), List.of(padding), List.of(1), 1, true, Optional.of(new Relu()),
                Optional.empty(), Optional.empty(), false, Optional.empty());
    }

    private static Loss loss(Objective objective) {
        return switch (objective) {
            case CROSS_ENTROPY -> Settings.of(CrossEntropy.class, Map.of());
            case BINARY_CROSS_ENTROPY -> Settings.of(BinaryCrossEntropyWithLogits.class, Map.of());
            case SQUARED_ERROR -> Settings.of(MeanSquaredErrorLoss.class, Map.of());
        };
    }

    /** The framework's optimizer for a rule. */
    static Optimizer optimizer(Rule rule) {
        Map<String, Object> rate = Map.of("learningRate", rule.learningRate());
        return switch (rule) {
            case ADAM -> Settings.of(Adam.class, rate);
            case SGD -> Settings.of(Sgd.class, rate);
            case MOMENTUM -> Settings.of(Sgd.class, Map.of("learningRate", rule.learningRate(), "momentum", rule.momentum()));
            case ADAGRAD -> Settings.of(Adagrad.class, rate);
            case RMSPROP -> Settings.of(RmsProp.class, rate);
        };
    }
}
