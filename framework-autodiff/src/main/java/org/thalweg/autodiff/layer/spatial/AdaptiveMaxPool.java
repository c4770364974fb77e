package org.thalweg.autodiff.layer.spatial;

import java.util.List;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Tensor;

/**
 * The largest elements of parts of the spatial axes, so many that the output has the wanted extents whatever the input's are: from [n, c, s...] to [n, c, size...]. The
 * parts are those of {@link AdaptiveAveragePool}; the gradient goes to the first of equals.
 *
 * @param size the output's spatial extents; one number, or one a spatial axis
 */
@Description("The largest elements of as many parts of the spatial axes as are wanted.")
public record AdaptiveMaxPool(
        @Description("Extents of the output; one number for all spatial axes, or one for each; 0 keeps that of the input.") @Default("[1]") @Min(0)
                List<Integer> size)
        implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        Axes axes = Axes.numbered("adaptive-max-pool", context, input);
        return AdaptiveAveragePool.eachPart(axes, size, (part, axis) -> MaxPool.largest(part, axis).reshape(part.shape().with(axis, 1)));
    }
}
