package org.thalweg.api.layer;

import java.util.Map;
import org.thalweg.api.plugin.Stable;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;

/** What a layer is given when it is traced. */
@Stable
public interface LayerContext {
    /** Where the layer stands in the model, as {@code 2} or {@code encoder.0}; empty for the model itself. */
    String path();

    /** The floating-point type of the model. */
    DType dtype();

    /** Whether the trace is for training; dropout and batch normalisation ask. */
    boolean training();

    /**
     * A trainable parameter. The first trace that asks for a path makes it; its values come from the initializer and the run's seed.
     *
     * @param name unique within the layer, as {@code weight}
     */
    Tensor parameter(String name, Shape shape, Initializer initializer);

    /** A tensor that is kept from step to step but not trained: running statistics. */
    Tensor state(String name, Shape shape, double initial);

    /** Says what a state tensor will be after this step; without effect outside training. */
    void update(Tensor state, Tensor value);

    /** Uniform random numbers in [0, 1), new at every step, the same for the same seed. Each call is a stream of its own. */
    Tensor uniform(Shape shape);

    /** Applies a layer inside this one; its path is this path, a dot and the name. */
    default Tensor apply(String name, Layer layer, Tensor input) {
        return apply(name, layer, input, Map.of());
    }

    /**
     * The same, and whatever is inside that layer can ask for more tensors by {@link #named name}: the memory that a decoder looks at, for
     * one. A name that is known outside already means the new tensor inside.
     *
     * @param named tensors by name
     */
    Tensor apply(String name, Layer layer, Tensor input, Map<String, Tensor> named);

    /**
     * A tensor that this layer did not get as its input, by name: what a layer around this one {@link #apply(String, Layer, Tensor, Map) named},
     * the innermost first, or else a column of the data as a batch of its rows.
     *
     * @throws org.thalweg.api.tensor.ShapeException where nothing has that name; the message lists what there is
     */
    Tensor named(String name);
}
