package org.thalweg.autodiff.layer;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.thalweg.api.layer.Initializer;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;

/** A layer's surroundings in a test: parameters and state become variables, with their first values beside them; updates of state are kept. */
record TracedContext(
        Graph graph,
        String path,
        boolean training,
        Map<String, Expression> parameters,
        Map<String, Expression> states,
        Map<Expression, Expression> updates,
        Map<Expression, double[]> values,
        Map<String, Integer> uniformCalls,
        Map<String, Tensor> named)
        implements LayerContext {

    static TracedContext of(boolean training) {
        return new TracedContext(
                new Graph(), "", training, new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>(), new HashMap<>(),
                Map.of());
    }

    @Override
    public DType dtype() {
        return DType.FLOAT64;
    }

    @Override
    public Tensor parameter(String name, Shape shape, Initializer initializer) {
        return parameters.computeIfAbsent(inside(name), place -> {
            Expression variable = graph.variable(place, shape, dtype());
            values.put(variable, initializer.values(shape, new SplittableRandom(place.hashCode())));
            return variable;
        });
    }

    @Override
    public Tensor state(String name, Shape shape, double initial) {
        return states.computeIfAbsent(inside(name), place -> {
            Expression variable = graph.variable(place, shape, dtype());
            values.put(variable, new Constant(initial).values(shape, null));
            return variable;
        });
    }

    @Override
    public void update(Tensor state, Tensor value) {
        updates.put((Expression) state, (Expression) value);
    }

    @Override
    public Tensor uniform(Shape shape) {
        int call = uniformCalls.merge(path, 1, Integer::sum);
        return graph.uniform((path + "#" + call).hashCode(), shape, dtype());
    }

    @Override
    public Tensor apply(String name, Layer layer, Tensor input, Map<String, Tensor> more) {
        Map<String, Tensor> inside = new LinkedHashMap<>(named);
        inside.putAll(more);
        return layer.apply(new TracedContext(graph, inside(name), training, parameters, states, updates, values, uniformCalls, inside), input);
    }

    @Override
    public Tensor named(String name) {
        return named.get(name);
    }

    private String inside(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
