package org.thalweg.app.workload;

import java.util.List;
import org.thalweg.app.workload.Model.EncoderLayer;
import org.thalweg.app.workload.Model.LeNet;
import org.thalweg.app.workload.Model.Memory;
import org.thalweg.app.workload.Model.Perceptron;

/**
 * A training that is measured. What it says is enough to build it in any library: this package's public types but those that name the
 * framework depend on nothing but the JDK.
 *
 * @param name short, as {@code W1}
 * @param title what it is, for people
 * @param batch rows of a step
 * @param listenEverySteps how many steps lie between two looks at the clock
 */
public record Workload(String name, String title, Model model, Objective objective, Rule rule, int batch, int listenEverySteps) {
    /** What is minimised. */
    public enum Objective {
        /** Cross-entropy of class scores. */
        CROSS_ENTROPY,
        /** Cross-entropy of one yes-or-no question, from its score. */
        BINARY_CROSS_ENTROPY,
        /** Mean squared error. */
        SQUARED_ERROR
    }

    /** The optimizer. */
    public enum Rule {
        /** Adam with the usual settings. */
        ADAM(1e-3, 0),
        /** Gradient descent. */
        SGD(1e-2, 0),
        /** Gradient descent with momentum. */
        MOMENTUM(1e-2, 0.9),
        /** AdaGrad. */
        ADAGRAD(1e-2, 0),
        /** RMSProp with alpha 0.99. */
        RMSPROP(1e-3, 0);

        private final double learningRate;
        private final double momentum;

        Rule(double learningRate, double momentum) {
            this.learningRate = learningRate;
            this.momentum = momentum;
        }

        /** The length of a step. */
        public double learningRate() {
            return learningRate;
        }

        /** The share of the velocity that stays. */
        public double momentum() {
            return momentum;
        }
    }

    /** The trainings, in order. */
    public static final List<Workload> ALL = List.of(
            new Workload("W1", "dense 784-128-10, ReLU, batch 64, cross-entropy, Adam",
                    Perceptron.of(784, 128, 10), Objective.CROSS_ENTROPY, Rule.ADAM, 64, 100),
            new Workload("W2", "dense 784-512-512-10, ReLU, batch 128, cross-entropy, Adam",
                    Perceptron.of(784, 512, 512, 10), Objective.CROSS_ENTROPY, Rule.ADAM, 128, 20),
            new Workload("W3", "dense 4-16-3, ReLU, batch 16, cross-entropy, SGD with momentum",
                    Perceptron.of(4, 16, 3), Objective.CROSS_ENTROPY, Rule.MOMENTUM, 16, 100),
            new Workload("W4", "logistic regression, 100 features, batch 256, SGD",
                    Perceptron.of(100, 1), Objective.BINARY_CROSS_ENTROPY, Rule.SGD, 256, 100),
            new Workload("W5", "LeNet 28 x 28, batch 64, cross-entropy, Adam", new LeNet(), Objective.CROSS_ENTROPY, Rule.ADAM, 64, 20),
            new Workload("W9a", "LSTM, 64 features, 128 units, 50 steps, batch 32, Adam",
                    new Memory(50, 64, 128), Objective.SQUARED_ERROR, Rule.ADAM, 32, 5),
            new Workload("W9b", "transformer encoder layer, 128 features, 4 heads, 64 steps, feed-forward 512, batch 32, Adam",
                    new EncoderLayer(64, 128, 4, 512), Objective.SQUARED_ERROR, Rule.ADAM, 32, 2));

    /** A training by name. */
    public static Workload of(String name) {
        return ALL.stream().filter(workload -> workload.name().equals(name)).findFirst().orElseThrow(
                () -> new IllegalArgumentException("there is no workload '" + name + "'; there are " + ALL.stream().map(Workload::name).toList()));
    }
}
