package org.thalweg.autodiff.layer.spatial;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.plugin.Named;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/**
 * A layer that insists on its number of spatial axes, so that {@code conv2d} never takes the rows of a picture for channels.
 *
 * @param name what messages call it, as {@code conv2d}
 * @param axes the number of spatial axes
 * @param layer computes
 */
public record SpatialLayer(String name, int axes, Layer layer) implements Layer, Named {

    @Override
    public String registeredName() {
        return name;
    }

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        if (input.shape().rank() != axes + 2) {
            throw new ShapeException(name + " at '" + context.path() + "': the input must be [rows, channels, " + axes
                    + (axes == 1 ? " spatial axis" : " spatial axes") + "], but has the shape " + input.shape());
        }
        return layer.apply(context, input);
    }
}
