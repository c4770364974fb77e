package org.thalweg.app.compare;

import java.util.Map;
import org.thalweg.api.layer.Initializer;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;

/**
 * Gives every layer, instead of a parameter, the point {@code center + x first + y second} of a plane. The three are kept but not trained.
 *
 * @param inside what the layer would get otherwise
 * @param x a scalar
 * @param y a scalar
 */
record PlaneContext(LayerContext inside, Tensor x, Tensor y) implements LayerContext {
    static final String CENTER = ".center";
    static final String FIRST = ".first";
    static final String SECOND = ".second";

    @Override
    public Tensor parameter(String name, Shape shape, Initializer initializer) {
        Tensor center = inside.state(name + CENTER, shape, 0);
        Tensor first = inside.state(name + FIRST, shape, 0);
        Tensor second = inside.state(name + SECOND, shape, 0);
        return center.add(first.mul(x)).add(second.mul(y));
    }

    @Override
    public Tensor apply(String name, Layer layer, Tensor input, Map<String, Tensor> named) {
        return inside.apply(name, (context, in) -> layer.apply(new PlaneContext(context, x, y), in), input, named);
    }

    @Override
    public String path() {
        return inside.path();
    }

    @Override
    public DType dtype() {
        return inside.dtype();
    }

    @Override
    public boolean training() {
        return inside.training();
    }

    @Override
    public Tensor state(String name, Shape shape, double initial) {
        return inside.state(name, shape, initial);
    }

    @Override
    public void update(Tensor state, Tensor value) {
        inside.update(state, value);
    }

    @Override
    public Tensor uniform(Shape shape) {
        return inside.uniform(shape);
    }

    @Override
    public Tensor named(String name) {
        return inside.named(name);
    }
}
