package org.thalweg.autodiff.layer;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/**
 * Gated linear unit (Dauphin et al., 2017): the axis falls into two halves a and b, and the output is {@code a * sigmoid(b)}; from [..., 2k, ...] to [..., k, ...].
 *
 * @param axis that is halved; -1 is the last
 */
@Description("The first half of an axis times the sigmoid of the second.")
public record Glu(@Description("The axis; -1 is the last.") @Default("-1") int axis) implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        int extent = axis >= -input.shape().rank() && axis < input.shape().rank() ? input.shape().extent(axis) : -1;
        if (extent < 0 || extent % 2 != 0) {
            throw new ShapeException("glu at '" + context.path() + "': axis " + axis + " must have two halves, but the input is " + input.shape());
        }
        return input.slice(axis, 0, extent / 2).mul(input.slice(axis, extent / 2, extent).sigmoid());
    }
}
