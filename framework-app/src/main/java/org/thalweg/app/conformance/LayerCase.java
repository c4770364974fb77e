package org.thalweg.app.conformance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.thalweg.api.layer.Initializer;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.gradient.Gradients;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;

/** A layer's output, the gradients of its input and parameters, and what becomes of its running state. */
final class LayerCase {
    /** How many batches a normalisation has seen, which PyTorch counts always; a case may leave it out. */
    private static final String BATCHES = "num_batches_tracked";

    private LayerCase() {}

    /** What differs. */
    static Optional<String> run(GoldenCase golden, CaseContext context) throws UnsupportedCaseException {
        List<GoldenTensor> inputs = golden.tensorList("inputs");
        String name = TorchNames.layer(golden.text("layer"), golden.has("torch") ? golden.text("torch") : "", context.registry());
        Translation translation = TorchNames.LAYERS.getOrDefault(name, Translation.NONE);
        if (inputs.size() != 1 && (inputs.isEmpty() || inputs.size() > translation.more().size() + 1)) {
            throw new UnsupportedCaseException("the layer takes " + (translation.more().size() + 1) + " input" + (translation.more().isEmpty() ? "" : "s")
                    + ", but the case gives " + inputs.size());
        }
        Map<String, GoldenTensor> given = golden.tensors("state");
        Translation.Given options = new Translation.Given(golden.options(), given, inputs.size(), 1);
        Layer layer = context.make(Layer.class, name, TorchNames.LAYERS, options);
        Arrangement arrangement = Arrangement.of(layer, translation, options, inputs.getFirst().shape());
        List<GoldenTensor> inputGradients = golden.tensorList("input_gradients");
        if (!inputGradients.isEmpty() && inputGradients.size() != inputs.size()) {
            throw new UnsupportedCaseException("the case gives " + inputs.size() + " inputs, but the gradients of " + inputGradients.size());
        }
        Graph graph = new Graph();
        List<Expression> leaves = new ArrayList<>();
        Map<String, Tensor> named = new LinkedHashMap<>();
        for (GoldenTensor input : inputs) {
            boolean numbersOfRows = inputGradients.isEmpty() && input.whole();
            int number = leaves.size();
            leaves.add(graph.input("input" + number, input.shape(), numbersOfRows ? DType.INT32 : DType.FLOAT64));
            if (number > 0) {
                named.put(translation.more().get(number - 1), arrangement.rowsFirst(leaves.get(number)));
            }
        }
        Trace trace = new Trace(graph, golden.truth("training"), translation, given);
        Expression output = (Expression) arrangement.asGiven(layer.apply(trace.at("", named), arrangement.rowsFirst(leaves.getFirst())));
        trace.requireAllUsed();

        GoldenTensor wantedOutput = golden.tensor("output");
        GoldenTensor upstream = golden.tensor("upstream");
        if (!output.shape().equals(wantedOutput.shape()) || !output.shape().equals(upstream.shape())) {
            return Optional.of("output has the shape " + output.shape() + " instead of " + wantedOutput.shape());
        }
        Expression fedBack = graph.input("upstream", upstream.shape(), DType.FLOAT64);
        Map<String, GoldenTensor> wanted = new LinkedHashMap<>(Map.of("output", wantedOutput));
        List<Expression> outputs = new ArrayList<>(List.of(output));
        List<Expression> with = new ArrayList<>();
        for (int i = 0; i < inputGradients.size(); i++) {
            wanted.put(i == 0 ? "gradient of the input" : "gradient of input " + (i + 1), inputGradients.get(i));
            with.add(leaves.get(i));
        }
        for (Map.Entry<String, GoldenTensor> gradient : golden.tensors("parameter_gradients").entrySet()) {
            wanted.put("gradient of '" + gradient.getKey() + "'", gradient.getValue());
            with.add(trace.leaf(gradient.getKey()));
        }
        outputs.addAll(Gradients.of(output, fedBack, with));
        for (Map.Entry<String, GoldenTensor> after : golden.tensors("state_after").entrySet()) {
            if (trace.isFound(after.getKey())) {
                wanted.put("'" + after.getKey() + "' after the step", after.getValue());
                outputs.add(trace.after(after.getKey()));
            }
        }
        for (int i = 0; i < inputs.size(); i++) {
            trace.values.put(leaves.get(i), inputs.get(i).data());
        }
        trace.values.put(fedBack, upstream.data());
        List<double[]> got = context.values(outputs, trace.values);

        Optional<String> difference = Optional.empty();
        int next = 0;
        for (Map.Entry<String, GoldenTensor> want : wanted.entrySet()) {
            int position = next++;
            difference = difference.or(() -> Comparison.difference(
                    want.getKey(), want.getValue(), outputs.get(position).shape().toArray(), got.get(position)));
        }
        return difference;
    }

    /** What the layer asked for, by the names of the case. */
    private static final class Trace {
        private final Graph graph;
        private final boolean training;
        private final Map<String, GoldenTensor> given;
        private final Map<String, String> theirNames = new HashMap<>();
        private final Map<String, Expression> leaves = new HashMap<>();
        private final Map<Expression, Expression> next = new HashMap<>();
        private final Map<Expression, double[]> values = new HashMap<>();

        Trace(Graph graph, boolean training, Translation translation, Map<String, GoldenTensor> given) {
            this.graph = graph;
            this.training = training;
            this.given = given;
            given.keySet().forEach(name -> theirNames.put(translation.name(name), name));
        }

        Expression leaf(String name) throws UnsupportedCaseException {
            if (!isFound(name)) {
                throw new UnsupportedCaseException("the layer has no parameter '" + name + "'");
            }
            return leaves.get(name);
        }

        boolean isFound(String name) {
            return leaves.containsKey(name);
        }

        Expression after(String name) {
            return next.getOrDefault(leaves.get(name), leaves.get(name));
        }

        void requireAllUsed() throws UnsupportedCaseException {
            TreeSet<String> rest = new TreeSet<>(given.keySet());
            rest.removeAll(leaves.keySet());
            rest.remove(BATCHES);
            if (!rest.isEmpty()) {
                throw new UnsupportedCaseException("the layer does not ask for " + rest + ", only for " + new TreeSet<>(leaves.keySet()));
            }
        }

        LayerContext at(String path, Map<String, Tensor> named) {
            return new Context(path, named);
        }

        private final class Context implements LayerContext {
            private final String path;
            private final Map<String, Tensor> named;

            Context(String path, Map<String, Tensor> named) {
                this.path = path;
                this.named = named;
            }

            @Override
            public String path() {
                return path;
            }

            @Override
            public DType dtype() {
                return DType.FLOAT64;
            }

            @Override
            public boolean training() {
                return training;
            }

            @Override
            public Tensor parameter(String name, Shape shape, Initializer initializer) {
                return leaf(inside(name), shape);
            }

            @Override
            public Tensor state(String name, Shape shape, double initial) {
                return leaf(inside(name), shape);
            }

            @Override
            public void update(Tensor state, Tensor value) {
                if (training) {
                    next.put((Expression) state, (Expression) value);
                }
            }

            @Override
            public Tensor uniform(Shape shape) {
                return graph.uniform(0, shape, DType.FLOAT64);
            }

            @Override
            public Tensor apply(String name, Layer layer, Tensor input, Map<String, Tensor> more) {
                Map<String, Tensor> inside = new LinkedHashMap<>(named);
                inside.putAll(more);
                return layer.apply(new Context(inside(name), inside), input);
            }

            @Override
            public Tensor named(String name) {
                Tensor tensor = named.get(name);
                if (tensor == null) {
                    throw new ShapeException("nothing is called '" + name + "' here; known: " + named.keySet());
                }
                return tensor;
            }

            private String inside(String name) {
                return path.isEmpty() ? name : path + "." + name;
            }

            private Expression leaf(String ours, Shape shape) {
                String theirs = theirNames.getOrDefault(ours, ours);
                GoldenTensor tensor = theirs.equals(BATCHES) && !given.containsKey(BATCHES)
                        ? new GoldenTensor(shape, new double[] {0}, false) : given.get(theirs);
                if (tensor == null || !tensor.shape().equals(shape)) {
                    throw new ShapeException("the layer asks for '" + ours + "' of the shape " + shape + ", but the case "
                            + (tensor == null ? "has " + given.keySet() : "has the shape " + tensor.shape()));
                }
                Expression leaf = leaves.computeIfAbsent(theirs, n -> graph.variable(n, shape, DType.FLOAT64));
                values.put(leaf, tensor.data());
                return leaf;
            }
        }
    }
}
