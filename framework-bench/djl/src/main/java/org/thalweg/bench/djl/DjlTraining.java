package org.thalweg.bench.djl;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.thalweg.app.workload.Model.LeNet;
import org.thalweg.app.workload.Model.Perceptron;
import org.thalweg.app.workload.Numbers;
import org.thalweg.app.workload.Workload;
import org.thalweg.app.workload.Workload.Objective;
import org.thalweg.bench.StepwiseSide;

/** DJL's loop over batches that are arrays of its own already. */
final class DjlTraining implements StepwiseSide.Training {
    private final Model model = Model.newInstance("model");
    private final Trainer trainer;
    private final Loss loss;
    private final NDArray[] inputs = new NDArray[Numbers.BATCHES];
    private final NDArray[] targets = new NDArray[Numbers.BATCHES];
    private long steps;

    DjlTraining(Workload workload, Numbers numbers) {
        model.setBlock(block(workload.model()));
        loss = switch (workload.objective()) {
            case CROSS_ENTROPY -> Loss.softmaxCrossEntropyLoss();
            case BINARY_CROSS_ENTROPY -> Loss.sigmoidBinaryCrossEntropyLoss();
            case SQUARED_ERROR -> throw new UnsupportedOperationException("DJL is measured with classifiers only");
        };
        trainer = model.newTrainer(new DefaultTrainingConfig(loss).optOptimizer(optimizer(workload.rule())));
        Shape shape = shape(workload.batch(), workload.model().input());
        trainer.initialize(shape);
        fill(numbers.weights());
        for (int batch = 0; batch < Numbers.BATCHES; batch++) {
            int size = (int) shape.size();
            NDManager manager = trainer.getManager();
            inputs[batch] = manager.create(Arrays.copyOfRange(numbers.inputs(), batch * size, (batch + 1) * size), shape);
            int from = batch * workload.batch();
            int to = from + workload.batch();
            targets[batch] = workload.objective() == Objective.CROSS_ENTROPY
                    ? manager.create(Arrays.stream(numbers.classes(), from, to).asLongStream().toArray())
                    : manager.create(Arrays.copyOfRange(numbers.targets(), from, to), new Shape(workload.batch(), 1));
        }
    }

    private static Shape shape(int rows, List<Integer> row) {
        long[] extents = new long[row.size() + 1];
        Arrays.setAll(extents, i -> i == 0 ? rows : row.get(i - 1));
        return new Shape(extents);
    }

    private static Block block(org.thalweg.app.workload.Model model) {
        return switch (model) {
            case Perceptron(List<Integer> sizes, double _) -> dense(new SequentialBlock(), sizes.subList(1, sizes.size()));
            case LeNet() -> dense(new SequentialBlock()
                    .add(convolution(6, 2)).add(Activation.reluBlock()).add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
                    .add(convolution(16, 0)).add(Activation.reluBlock()).add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
                    .add(Blocks.batchFlattenBlock()), List.of(120, 84, 10));
            case org.thalweg.app.workload.Model.Memory _, org.thalweg.app.workload.Model.EncoderLayer _ ->
                    throw new UnsupportedOperationException("DJL is measured with classifiers only");
        };
    }

    private static Block dense(SequentialBlock block, List<Integer> units) {
        for (int i = 0; i < units.size(); i++) {
            block.add(Linear.builder().setUnits(units.get(i)).build());
            if (i + 1 < units.size()) {
                block.add(Activation.reluBlock());
            }
        }
        return block;
    }

    private static Block convolution(int channels, int padding) {
        return Conv2d.builder().setKernelShape(new Shape(5, 5)).optPadding(new Shape(padding, padding)).setFilters(channels).build();
    }

    private static Optimizer optimizer(Workload.Rule rule) {
        Tracker rate = Tracker.fixed((float) rule.learningRate());
        return switch (rule) {
            case ADAM -> Optimizer.adam().optLearningRateTracker(rate).build();
            case SGD -> Optimizer.sgd().setLearningRateTracker(rate).build();
            case MOMENTUM -> Optimizer.sgd().setLearningRateTracker(rate).optMomentum((float) rule.momentum()).build();
            case ADAGRAD, RMSPROP -> throw new UnsupportedOperationException(rule + " is not measured with DJL");
        };
    }

    /** DJL's blocks list their parameters in the order of the layers too. */
    private void fill(Map<String, float[]> weights) {
        var values = weights.values().iterator();
        model.getBlock().getParameters().values().forEach(parameter -> {
            NDArray array = parameter.getArray();
            array.set(array.getManager().create(values.next(), array.getShape()).toByteBuffer());
        });
    }

    /** One step; the loss before its update. */
    @Override
    public double step() {
        int batch = (int) (steps++ % Numbers.BATCHES);
        double value;
        try (NDManager scope = trainer.getManager().newSubManager(); GradientCollector collector = trainer.newGradientCollector()) {
            inputs[batch].tempAttach(scope);
            targets[batch].tempAttach(scope);
            NDArray result = loss.evaluate(new NDList(targets[batch]), trainer.forward(new NDList(inputs[batch])));
            collector.backward(result);
            value = result.getFloat();
        }
        if (!Double.isFinite(value)) {
            throw new IllegalStateException("the loss is " + value + " in step " + steps);
        }
        trainer.step();
        return value;
    }

    @Override
    public void close() {
        trainer.close();
        model.close();
    }
}
