package org.thalweg.app.pipeline;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.thalweg.api.layer.Initializer;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.app.pipeline.LocatedShapeException.Part;
import org.thalweg.autodiff.graph.Graph;

/** One trace of a model into a graph: gives its layers their contexts, and remembers what they asked for. */
final class LayerTrace {
    private final Graph graph;
    private final Variables variables;
    private final DType dtype;
    private final boolean training;
    private final NamedColumns columns;
    private final Map<String, Expression> parameters = new LinkedHashMap<>();
    private final Map<String, Expression> states = new LinkedHashMap<>();
    private final Map<String, Expression> nextStates = new LinkedHashMap<>();
    private final Map<Expression, String> statePaths = new HashMap<>();
    private final Map<Expression, Variable> leaves = new LinkedHashMap<>();
    private final Map<String, Integer> uniformCalls = new HashMap<>();
    private final Map<String, String> layerNames = new LinkedHashMap<>();
    private final Map<String, Shape> outputs = new HashMap<>();
    private final Map<String, String> owners = new HashMap<>();

    LayerTrace(Graph graph, Variables variables, DType dtype, boolean training, NamedColumns columns) {
        this.graph = graph;
        this.variables = variables;
        this.dtype = dtype;
        this.training = training;
        this.columns = columns;
    }

    /** The model's output; applied again, it has the same parameters, and its state goes on. */
    Expression apply(Layer model, Expression input) {
        return apply("", model, input, Map.of());
    }

    /** The parameters that the model asked for, by path. */
    Map<String, Expression> parameters() {
        return parameters;
    }

    /** The arrays behind parameters and state. */
    Map<Expression, Variable> leaves() {
        return leaves;
    }

    /** The next value of each state tensor that changes. */
    Map<Expression, Expression> stateUpdates() {
        Map<Expression, Expression> updates = new LinkedHashMap<>();
        nextStates.forEach((path, next) -> updates.put(states.get(path), next));
        return updates;
    }

    /** The kinds of the layers by path, from the input to the output; a layer stands before those inside it. */
    Map<String, String> layerNames() {
        return layerNames;
    }

    /** What the layer at a path made, when it was applied last. */
    Shape output(String path) {
        return outputs.get(path);
    }

    /** The path of the layer that a parameter belongs to. */
    String owner(String parameter) {
        return owners.get(parameter);
    }

    /** What people call the layer at a path, as in {@code layer 3 (dense)}. */
    String place(String path) {
        String name = layerNames.getOrDefault(path, "layer");
        return path.isEmpty() ? "the model (" + name + ")" : "layer " + path + " (" + name + ")";
    }

    private Expression apply(String path, Layer layer, Tensor input, Map<String, Tensor> named) {
        layerNames.putIfAbsent(path, SpokenName.of(layer, "layer"));
        try {
            Tensor output = graph.inScope(path, () -> layer.apply(new Context(path, named), input));
            if (output instanceof Expression expression) {
                outputs.put(path, expression.shape());
                return expression;
            }
            throw new ShapeException("the layer returned " + output + " instead of a tensor");
        } catch (LocatedShapeException problem) {
            // A layer inside has said it; those further out have nothing to add.
            throw problem;
        } catch (ShapeException problem) {
            throw new LocatedShapeException(Part.MODEL, path, place(path) + ": " + withoutPath(problem.getMessage(), path), problem);
        }
    }

    /** Layers that know their path may have begun with it, as in {@code dense at '2': ...}. */
    private static String withoutPath(String message, String path) {
        String own = path + ": ";
        String spoken = " at '" + path + "': ";
        int end = message.indexOf(spoken);
        if (end > 0 && message.substring(0, end).matches("[a-z-]+")) {
            return message.substring(end + spoken.length());
        }
        return !path.isEmpty() && message.startsWith(own) ? message.substring(own.length()) : message;
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
            return dtype;
        }

        @Override
        public boolean training() {
            return training;
        }

        @Override
        public Tensor parameter(String name, Shape shape, Initializer initializer) {
            owners.put(inside(name), path);
            return leaf(parameters, variables.parameter(inside(name), shape, initializer));
        }

        @Override
        public Tensor state(String name, Shape shape, double initial) {
            Variable variable = variables.state(inside(name), shape, initial);
            Expression leaf = leaf(states, variable);
            // A layer that is applied twice goes on from what its first application left.
            Expression current = nextStates.getOrDefault(variable.name(), leaf);
            statePaths.put(current, variable.name());
            return current;
        }

        @Override
        public void update(Tensor state, Tensor value) {
            String at = state instanceof Expression expression ? statePaths.get(expression) : null;
            if (at == null) {
                throw new IllegalArgumentException(place(path) + " updates " + state + ", which is not a state tensor of its own");
            }
            if (!value.shape().equals(state.shape()) || value.dtype() != state.dtype()) {
                throw new ShapeException("the state tensor '" + at + "' is " + state.dtype() + state.shape() + ", but is to become "
                        + value.dtype() + value.shape());
            }
            if (training) {
                nextStates.put(at, (Expression) value);
            }
        }

        @Override
        public Tensor uniform(Shape shape) {
            int call = uniformCalls.merge(path, 1, Integer::sum);
            return graph.uniform(RandomStream.number("uniform", path + "#" + call), shape, dtype);
        }

        @Override
        public Tensor apply(String name, Layer layer, Tensor input, Map<String, Tensor> more) {
            Map<String, Tensor> inside = new LinkedHashMap<>(named);
            inside.putAll(more);
            return LayerTrace.this.apply(inside(name), layer, input, inside);
        }

        @Override
        public Tensor named(String name) {
            Tensor tensor = named.get(name);
            if (tensor != null) {
                return tensor;
            }
            return columns.find(name).orElseThrow(() -> new ShapeException("nothing is called '" + name + "' here; "
                    + (named.isEmpty() ? "" : "the layers around this one name " + named.keySet() + "; ")
                    + "the data has the columns " + columns.names()));
        }

        private String inside(String name) {
            return path.isEmpty() ? name : path + "." + name;
        }

        private Expression leaf(Map<String, Expression> among, Variable variable) {
            Expression leaf = among.computeIfAbsent(variable.name(), name -> graph.variable(name, variable.shape(), variable.dtype()));
            leaves.put(leaf, variable);
            return leaf;
        }
    }
}
