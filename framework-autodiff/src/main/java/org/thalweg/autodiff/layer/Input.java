package org.thalweg.autodiff.layer;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Tensor;

/**
 * A column of the data, or what a layer around this one has named, instead of what the layer is given: so that the branches of {@code parallel}
 * can begin with different columns. A name that nothing has is a {@link org.thalweg.api.tensor.ShapeException} that lists those that there are.
 *
 * @param name of the column, or of a node of a graph around this layer
 */
@Description("Gives a column of the data, or a named node of a graph around it, whatever its own input is.")
public record Input(@Description("The name of the column or node.") String name) implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        return context.named(name);
    }
}
