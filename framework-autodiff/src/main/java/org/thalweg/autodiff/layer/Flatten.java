package org.thalweg.autodiff.layer;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/** All axes but the first as one: from [N, d1, d2, ...] to [N, d1 * d2 * ...]; from [N] to [N, 1]. */
@Description("Makes a matrix: keeps the rows, joins all other axes.")
public record Flatten() implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Shape shape = input.shape();
        if (shape.rank() == 0) {
            throw new ShapeException("flatten at '" + context.path() + "': a single number has no rows");
        }
        int columns = (int) shape.without(0).size();
        return input.reshape(Shape.of(shape.extent(0), columns));
    }
}
