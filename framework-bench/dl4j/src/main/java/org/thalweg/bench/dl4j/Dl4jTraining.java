package org.thalweg.bench.dl4j;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.thalweg.app.workload.Model;
import org.thalweg.app.workload.Numbers;
import org.thalweg.app.workload.Workload;
import org.thalweg.app.workload.Workload.Objective;
import org.thalweg.app.workload.Workload.Rule;
import org.thalweg.bench.StepwiseSide;

/** Deeplearning4j's network with given weights and batches that are arrays of its own already. Its workspaces are on unless told otherwise. */
final class Dl4jTraining implements StepwiseSide.Training {
    private final MultiLayerNetwork network;
    private final INDArray[] inputs = new INDArray[Numbers.BATCHES];
    private final INDArray[] targets = new INDArray[Numbers.BATCHES];
    private long steps;

    Dl4jTraining(Workload workload, Numbers numbers) {
        // Workspaces leave nothing for it to collect.
        Nd4j.getMemoryManager().togglePeriodicGc(false);
        NeuralNetConfiguration.ListBuilder builder = new NeuralNetConfiguration.Builder().updater(updater(workload.rule())).list();
        switch (workload.model()) {
            case Model.Perceptron(List<Integer> sizes, double _) -> {
                dense(builder, sizes.subList(1, sizes.size()), workload.objective());
                builder.setInputType(InputType.feedForward(sizes.getFirst()));
            }
            case Model.LeNet() -> {
                builder.layer(convolution(6, 2)).layer(pooling()).layer(convolution(16, 0)).layer(pooling());
                dense(builder, List.of(120, 84, 10), workload.objective());
                builder.setInputType(InputType.convolutional(28, 28, 1));
            }
            case Model.Memory _ -> throw new UnsupportedOperationException("Deeplearning4j's LSTM has one bias where the workload has two");
            case Model.EncoderLayer _ -> throw new UnsupportedOperationException("Deeplearning4j has no transformer layer");
        }
        network = new MultiLayerNetwork(builder.build());
        network.init();
        fill(numbers.weights());
        int rows = workload.batch();
        float[] labels = workload.objective() == Objective.CROSS_ENTROPY
                ? oneHot(numbers.classes(), Model.size(workload.model().output()))
                : numbers.targets();
        for (int batch = 0; batch < Numbers.BATCHES; batch++) {
            inputs[batch] = array(numbers.inputs(), batch, rows, workload.model().input());
            targets[batch] = array(labels, batch, rows, workload.model().output());
        }
    }

    private static void dense(NeuralNetConfiguration.ListBuilder builder, List<Integer> units, Objective objective) {
        for (int size : units.subList(0, units.size() - 1)) {
            builder.layer(new DenseLayer.Builder().nOut(size).activation(Activation.RELU).build());
        }
        builder.layer(switch (objective) {
            case CROSS_ENTROPY -> new OutputLayer.Builder(LossFunction.MCXENT).nOut(units.getLast()).activation(Activation.SOFTMAX).build();
            case BINARY_CROSS_ENTROPY -> new OutputLayer.Builder(LossFunction.XENT).nOut(units.getLast()).activation(Activation.SIGMOID).build();
            case SQUARED_ERROR -> throw new UnsupportedOperationException("Deeplearning4j is measured with classifiers only");
        });
    }

    private static ConvolutionLayer convolution(int channels, int padding) {
        return new ConvolutionLayer.Builder(5, 5).padding(padding, padding).nOut(channels).activation(Activation.RELU).build();
    }

    private static SubsamplingLayer pooling() {
        return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX).kernelSize(2, 2).stride(2, 2).build();
    }

    private static IUpdater updater(Rule rule) {
        return switch (rule) {
            case ADAM -> new Adam(rule.learningRate());
            case SGD -> new Sgd(rule.learningRate());
            case MOMENTUM -> new Momentum(rule.learningRate(), rule.momentum());
            case ADAGRAD, RMSPROP -> throw new UnsupportedOperationException(rule + " is not measured with Deeplearning4j");
        };
    }

    /** Its layers hold their parameters in PyTorch's order, but the weights of dense ones as [inputs, outputs]. */
    private void fill(Map<String, float[]> weights) {
        Iterator<float[]> values = weights.values().iterator();
        for (var layer : network.getLayers()) {
            if (layer.numParams() > 0) {
                INDArray weight = layer.getParam(DefaultParamInitializer.WEIGHT_KEY);
                long[] shape = weight.shape();
                weight.assign(shape.length == 2
                        ? Nd4j.create(values.next(), new long[] {shape[1], shape[0]}, 'c').transpose()
                        : Nd4j.create(values.next(), shape, 'c'));
                INDArray bias = layer.getParam(DefaultParamInitializer.BIAS_KEY);
                bias.assign(Nd4j.create(values.next(), bias.shape(), 'c'));
            }
        }
    }

    private static float[] oneHot(int[] classes, int count) {
        float[] values = new float[classes.length * count];
        for (int row = 0; row < classes.length; row++) {
            values[row * count + classes[row]] = 1;
        }
        return values;
    }

    private static INDArray array(float[] all, int batch, int rows, List<Integer> row) {
        long[] shape = new long[row.size() + 1];
        Arrays.setAll(shape, i -> i == 0 ? rows : row.get(i - 1));
        int size = rows * Model.size(row);
        return Nd4j.create(Arrays.copyOfRange(all, batch * size, (batch + 1) * size), shape, 'c');
    }

    /** One step; the loss before its update, which the network computes in any case. */
    @Override
    public double step() {
        int batch = (int) (steps++ % Numbers.BATCHES);
        network.fit(inputs[batch], targets[batch]);
        double loss = network.score();
        if (!Double.isFinite(loss)) {
            throw new IllegalStateException("the loss is " + loss + " in step " + steps);
        }
        return loss;
    }
}
