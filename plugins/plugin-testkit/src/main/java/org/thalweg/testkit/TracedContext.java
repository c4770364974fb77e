package org.thalweg.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.thalweg.api.layer.Initializer;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;

/**
 * A layer's surroundings in a test: parameters and state become variables, with their first values beside them; updates of state are kept.
 *
 * @param graph in which all is traced
 * @param path of the layer
 * @param dtype of the model
 * @param training whether it is
 * @param parameters by path
 * @param states by path
 * @param updates the next values of states
 * @param values the first values of parameters and states
 * @param randomStreams what was asked for in random numbers
 * @param named what layers further in can ask for
 */
public record TracedContext(
        Graph graph,
        String path,
        DType dtype,
        boolean training,
        Map<String, Expression> parameters,
        Map<String, Expression> states,
        Map<Expression, Expression> updates,
        Map<Expression, double[]> values,
        List<Tensor> randomStreams,
        Map<String, Tensor> named)
        implements LayerContext {

    /** In FLOAT64, with nothing named. */
    public static TracedContext of(boolean training) {
        return of(DType.FLOAT64, training);
    }

    /** With nothing named. */
    public static TracedContext of(DType dtype, boolean training) {
        return new TracedContext(
                new Graph(), "", dtype, training, new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>(), new ArrayList<>(), Map.of());
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
            double[] first = new double[(int) shape.size()];
            Arrays.fill(first, initial);
            values.put(variable, first);
            return variable;
        });
    }

    @Override
    public void update(Tensor state, Tensor value) {
        if (training) {
            updates.put((Expression) state, (Expression) value);
        }
    }

    @Override
    public Tensor uniform(Shape shape) {
        Tensor numbers = graph.uniform(31L * path.hashCode() + randomStreams.size(), shape, dtype());
        randomStreams.add(numbers);
        return numbers;
    }

    @Override
    public Tensor apply(String name, Layer layer, Tensor input, Map<String, Tensor> more) {
        Map<String, Tensor> inside = new LinkedHashMap<>(named);
        inside.putAll(more);
        return layer.apply(new TracedContext(graph, inside(name), dtype, training, parameters, states, updates, values, randomStreams, inside), input);
    }

    @Override
    public Tensor named(String name) {
        Tensor tensor = named.get(name);
        if (tensor == null) {
            throw new ShapeException("there is no tensor '" + name + "'; there are " + named.keySet());
        }
        return tensor;
    }

    private String inside(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
