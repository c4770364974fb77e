package org.thalweg.app.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;

/**
 * A layer or a loss at a random point in FLOAT64, as one number whose derivatives can be compared with differences. A layer's output is
 * multiplied by random numbers and summed, so that every element of it counts differently.
 *
 * @param scalar the number
 * @param leaves that it depends on: inputs, then parameters
 * @param point values of these and of all others that it needs
 */
public record GradientCase(Expression scalar, List<NamedLeaf> leaves, Map<Expression, double[]> point) {
    /** How far parameters are moved from where they start: many start at 0, which is where kinks are. */
    private static final double NOISE = 0.1;

    /**
     * What can be differentiated, or is an index.
     *
     * @param name of an input, or the path of a parameter
     */
    public record NamedLeaf(String name, Expression leaf) {}

    /**
     * Where inputs are drawn from, evenly.
     *
     * @param low the lower bound
     * @param high the upper bound
     */
    public record Range(double low, double high) {
        double draw(RandomGenerator random) {
            return low + (high - low) * random.nextDouble();
        }
    }

    /** A layer that asks for something by name gets numbers like its input. */
    private record AnyColumn(List<NamedLeaf> leaves, Function<String, NamedLeaf> make) implements NamedColumns {
        @Override
        public List<String> names() {
            return leaves.stream().map(NamedLeaf::name).toList();
        }

        @Override
        public Optional<Tensor> find(String name) {
            Optional<NamedLeaf> known = leaves.stream().filter(leaf -> leaf.name().equals(name)).findFirst();
            if (known.isEmpty()) {
                leaves.add(make.apply(name));
            }
            return Optional.of(known.orElseGet(leaves::getLast).leaf());
        }
    }

    /** A kind of input that a plugin may accept; whole numbers are below {@code limit}. */
    private record Candidate(DType dtype, Shape shape, int limit) {}

    /**
     * A layer in training. Its input is FLOAT64, or row numbers where it does not accept that.
     *
     * @throws ShapeException where the layer does not accept the shape
     */
    public static GradientCase of(Layer layer, Shape input, Range range, long seed) {
        try {
            return of(layer, new Candidate(DType.FLOAT64, input, 0), range, seed);
        } catch (ShapeException floating) {
            try {
                return of(layer, new Candidate(DType.INT32, input, 2), range, seed);
            } catch (ShapeException whole) {
                throw floating;
            }
        }
    }

    private static GradientCase of(Layer layer, Candidate candidate, Range range, long seed) {
        Graph graph = new Graph();
        Map<Expression, double[]> point = new HashMap<>();
        List<NamedLeaf> leaves = new ArrayList<>();
        leaves.add(leaf(graph, "input", candidate, range, seed, point));
        LayerTrace trace = new LayerTrace(graph, new Variables(seed, DType.FLOAT64, Map.of()), DType.FLOAT64, true,
                new AnyColumn(leaves, name -> leaf(graph, name, candidate, range, seed, point)));
        Expression output = trace.apply(layer, leaves.getFirst().leaf());
        if (!output.dtype().isFloating()) {
            throw new ShapeException("the layer's output is " + output.dtype() + ", which has no gradient");
        }
        trace.leaves().forEach((leaf, variable) -> point.put(leaf, variable.toDoubles()));
        trace.parameters().forEach((path, leaf) -> {
            RandomGenerator random = stream(seed, path);
            double[] values = point.get(leaf);
            for (int i = 0; i < values.length; i++) {
                values[i] += NOISE * random.nextGaussian();
            }
            leaves.add(new NamedLeaf(path, leaf));
        });
        Expression weight = graph.input("weight of the output", output.shape(), DType.FLOAT64);
        point.put(weight, numbers(new Candidate(DType.FLOAT64, output.shape(), 0), new Range(-1, 1), stream(seed, "output")));
        return new GradientCase((Expression) output.mul(weight).sum(), leaves, point);
    }

    /**
     * A loss, reduced as its settings say, once for each kind of target that it accepts: numbers in [0, 1] or class numbers.
     *
     * @param name for messages
     * @param input the shape of the model's output
     * @throws ShapeException where the loss accepts no target with that shape
     */
    public static List<GradientCase> of(String name, Loss loss, Shape input, Range range, long seed) {
        List<GradientCase> accepted = new ArrayList<>();
        ShapeException first = null;
        for (List<Candidate> alternatives : targets(input)) {
            for (Candidate target : alternatives) {
                try {
                    accepted.add(of(name, loss, input, target, range, seed));
                    break;
                } catch (ShapeException refused) {
                    first = first == null ? refused : first;
                }
            }
        }
        if (accepted.isEmpty()) {
            throw first;
        }
        return accepted;
    }

    /** What a target may be; of each list the first that is accepted says all. */
    private static List<List<Candidate>> targets(Shape input) {
        List<Candidate> numbers = new ArrayList<>(List.of(new Candidate(DType.FLOAT64, input, 0), new Candidate(DType.INT32, input, 2)));
        if (input.rank() < 2) {
            return List.of(numbers);
        }
        numbers.add(new Candidate(DType.FLOAT64, input.without(-1), 0));
        return List.of(numbers, List.of(new Candidate(DType.INT32, input.without(1), input.extent(1))));
    }

    private static GradientCase of(String name, Loss loss, Shape input, Candidate target, Range range, long seed) {
        Graph graph = new Graph();
        Map<Expression, double[]> point = new HashMap<>();
        List<NamedLeaf> leaves = new ArrayList<>();
        Map<String, Tensor> tensors = new HashMap<>();
        for (String needed : loss.inputs()) {
            boolean first = leaves.isEmpty();
            NamedLeaf leaf = first
                    ? leaf(graph, needed, new Candidate(DType.FLOAT64, input, 0), range, seed, point)
                    : leaf(graph, needed, target, new Range(0, 1), seed, point);
            leaves.add(leaf);
            tensors.put(needed, leaf.leaf());
        }
        Loss.Elements elements = loss.elements(new LossInputs(name, tensors));
        Tensor sum = elements.values().sum();
        return new GradientCase((Expression) (loss.reduction() == Reduction.SUM ? sum : sum.div(elements.divisor())), leaves, point);
    }

    private static NamedLeaf leaf(Graph graph, String name, Candidate candidate, Range range, long seed, Map<Expression, double[]> point) {
        Expression leaf = graph.input(name, candidate.shape(), candidate.dtype());
        point.put(leaf, numbers(candidate, range, stream(seed, name)));
        return new NamedLeaf(name, leaf);
    }

    private static double[] numbers(Candidate candidate, Range range, RandomGenerator random) {
        double[] values = new double[(int) candidate.shape().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = candidate.dtype() == DType.INT32 ? random.nextInt(candidate.limit()) : range.draw(random);
        }
        return values;
    }

    private static RandomGenerator stream(long seed, String name) {
        return new RandomStream(seed, RandomStream.number("gradient-check", name), 0);
    }
}
