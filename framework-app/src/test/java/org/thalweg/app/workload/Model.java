package org.thalweg.app.workload;

import java.util.ArrayList;
import java.util.List;

/** What is trained, in plain numbers, so that every library can build the same. Paths and layouts of parameters are PyTorch's. */
public sealed interface Model {
    /**
     * A tensor to train; it starts uniform within {@code spread} of {@code centre}.
     *
     * @param path as {@code 0.weight}
     */
    record Parameter(String path, List<Integer> shape, double centre, double spread) {
        /** How many numbers it has. */
        public int size() {
            return Model.size(shape);
        }
    }

    /** The shape of a row that goes in. */
    List<Integer> input();

    /** The shape of what comes out for a row. */
    List<Integer> output();

    /** What is trained, in order. */
    List<Parameter> parameters();

    /** The number of elements of a shape. */
    static int size(List<Integer> shape) {
        return shape.stream().reduce(1, Math::multiplyExact);
    }

    /**
     * Dense layers with ReLU between them.
     *
     * @param sizes of the input and of each layer
     * @param gain 1 for weights within 1 / sqrt(inputs) as PyTorch draws them; sqrt(6), He's, lets a signal through a thousand layers
     */
    record Perceptron(List<Integer> sizes, double gain) implements Model {
        /** With PyTorch's initial weights. */
        public static Perceptron of(Integer... sizes) {
            return new Perceptron(List.of(sizes), 1);
        }

        @Override
        public List<Integer> input() {
            return List.of(sizes.getFirst());
        }

        @Override
        public List<Integer> output() {
            return List.of(sizes.getLast());
        }

        @Override
        public List<Parameter> parameters() {
            List<Parameter> parameters = new ArrayList<>();
            for (int i = 1; i < sizes.size(); i++) {
                parameters.addAll(linear(Integer.toString(i - 1), sizes.get(i), List.of(sizes.get(i - 1)), gain));
            }
            return parameters;
        }
    }

    /** LeNet-5 with ReLU and max pooling, on one channel of 28 x 28; the layers are numbered as in {@link WorkloadPipeline}. */
    record LeNet() implements Model {
        @Override
        public List<Integer> input() {
            return List.of(1, 28, 28);
        }

        @Override
        public List<Integer> output() {
            return List.of(10);
        }

        @Override
        public List<Parameter> parameters() {
            List<Parameter> parameters = new ArrayList<>();
            parameters.addAll(linear("0", 6, List.of(1, 5, 5), 1));
            parameters.addAll(linear("2", 16, List.of(6, 5, 5), 1));
            parameters.addAll(linear("5", 120, List.of(400), 1));
            parameters.addAll(linear("6", 84, List.of(120), 1));
            parameters.addAll(linear("7", 10, List.of(84), 1));
            return parameters;
        }
    }

    /** One layer of long short-term memory that gives on every hidden state. */
    record Memory(int steps, int features, int units) implements Model {
        @Override
        public List<Integer> input() {
            return List.of(steps, features);
        }

        @Override
        public List<Integer> output() {
            return List.of(steps, units);
        }

        @Override
        public List<Parameter> parameters() {
            double near = 1 / Math.sqrt(units);
            return List.of(
                    new Parameter("weight_ih_l0", List.of(4 * units, features), 0, near),
                    new Parameter("weight_hh_l0", List.of(4 * units, units), 0, near),
                    new Parameter("bias_ih_l0", List.of(4 * units), 0, near),
                    new Parameter("bias_hh_l0", List.of(4 * units), 0, near));
        }
    }

    /** A transformer's encoder layer without dropout, normalised after the sums. */
    record EncoderLayer(int steps, int features, int heads, int feedForward) implements Model {
        @Override
        public List<Integer> input() {
            return List.of(steps, features);
        }

        @Override
        public List<Integer> output() {
            return input();
        }

        @Override
        public List<Parameter> parameters() {
            double near = 1 / Math.sqrt(features);
            List<Parameter> parameters = new ArrayList<>(List.of(
                    new Parameter("self_attn.in_proj_weight", List.of(3 * features, features), 0, near),
                    new Parameter("self_attn.in_proj_bias", List.of(3 * features), 0, near)));
            parameters.addAll(linear("self_attn.out_proj", features, List.of(features), 1));
            parameters.addAll(linear("linear1", feedForward, List.of(features), 1));
            parameters.addAll(linear("linear2", features, List.of(feedForward), 1));
            for (String norm : List.of("norm1", "norm2")) {
                parameters.add(new Parameter(norm + ".weight", List.of(features), 1, 0.1));
                parameters.add(new Parameter(norm + ".bias", List.of(features), 0, 0.1));
            }
            return parameters;
        }
    }

    private static List<Parameter> linear(String path, int outputs, List<Integer> inputs, double gain) {
        double near = 1 / Math.sqrt(size(inputs));
        List<Integer> shape = new ArrayList<>(List.of(outputs));
        shape.addAll(inputs);
        return List.of(
                new Parameter(path + ".weight", List.copyOf(shape), 0, gain * near),
                new Parameter(path + ".bias", List.of(outputs), 0, near));
    }
}
