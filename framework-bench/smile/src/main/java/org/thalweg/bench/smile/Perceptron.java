package org.thalweg.bench.smile;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.thalweg.app.workload.Model;
import org.thalweg.app.workload.Workload.Rule;
import smile.base.mlp.Layer;
import smile.base.mlp.LayerBuilder;
import smile.base.mlp.OutputFunction;
import smile.classification.MLP;
import smile.math.matrix.Matrix;
import smile.util.function.TimeFunction;

/** Smile's perceptron with given weights. */
final class Perceptron extends MLP {
    private static final long serialVersionUID = 1;

    private Perceptron(LayerBuilder... layers) {
        super(layers);
    }

    static Perceptron of(Model.Perceptron model, Rule rule, Map<String, float[]> weights) {
        List<LayerBuilder> layers = new ArrayList<>(List.of(Layer.input(model.sizes().getFirst())));
        for (int i = 1; i < model.sizes().size() - 1; i++) {
            layers.add(Layer.rectifier(model.sizes().get(i)));
        }
        layers.add(Layer.mle(model.sizes().getLast(), OutputFunction.SOFTMAX));
        Perceptron perceptron = new Perceptron(layers.toArray(LayerBuilder[]::new));
        perceptron.setLearningRate(TimeFunction.constant(rule.learningRate()));
        perceptron.setMomentum(TimeFunction.constant(rule.momentum()));
        perceptron.fill(weights);
        return perceptron;
    }

    private void fill(Map<String, float[]> weights) {
        // The first is the input.
        for (int i = 1; i < net.length; i++) {
            fill(net[i], weights, i - 1);
        }
        fill(output, weights, net.length - 1);
    }

    private static void fill(Layer layer, Map<String, float[]> weights, int number) {
        float[] weight = weights.get(number + ".weight");
        float[] bias = weights.get(number + ".bias");
        Matrix matrix = (Matrix) field(layer, "weight");
        double[] biases = (double[]) field(layer, "bias");
        for (int row = 0; row < matrix.nrow(); row++) {
            biases[row] = bias[row];
            for (int column = 0; column < matrix.ncol(); column++) {
                matrix.set(row, column, weight[row * matrix.ncol() + column]);
            }
        }
    }

    /** There is no public way to give weights. */
    private static Object field(Layer layer, String name) {
        try {
            Field field = Layer.class.getDeclaredField(name);
            field.setAccessible(true);
            return field.get(layer);
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException("this version of Smile keeps its weights elsewhere", changed);
        }
    }

    /** The mean over some rows. */
    double crossEntropy(double[][] inputs, int[] classes) {
        double[] probabilities = new double[numClasses()];
        double sum = 0;
        for (int row = 0; row < inputs.length; row++) {
            predict(inputs[row], probabilities);
            sum -= Math.log(probabilities[classes[row]]);
        }
        return sum / inputs.length;
    }
}
