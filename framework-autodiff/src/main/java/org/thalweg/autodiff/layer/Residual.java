package org.thalweg.autodiff.layer;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/**
 * A shortcut around a layer (He et al., 2016): {@code x + layer(x)}. The path of the layer inside is {@code layer}. If it changes the
 * shape, that is a {@link ShapeException}.
 *
 * @param layer computes what is added to its input
 */
@Description("Adds what a layer computes to its input; a list of layers is a sequence.")
public record Residual(
        @Description("The layer around which the input goes; its output has the shape of its input.") Layer layer)
        implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Tensor output = context.apply("layer", layer, input);
        if (!output.shape().equals(input.shape())) {
            throw new ShapeException("residual at '" + context.path() + "': the layer inside must keep the shape of its input, "
                    + input.shape() + ", but its output is " + output.shape());
        }
        return input.add(output);
    }
}
