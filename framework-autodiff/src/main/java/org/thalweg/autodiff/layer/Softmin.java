package org.thalweg.autodiff.layer;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Tensor;

/**
 * The softmax of the opposite: {@code exp(-x) / sum exp(-x)} along an axis.
 *
 * @param axis whose elements will add up to 1; -1 is the last
 */
@Description("Probabilities that add up to 1 along an axis, the largest for the smallest.")
public record Softmin(@Description("The axis; -1 is the last.") @Default("-1") int axis) implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        return input.neg().softmax(axis);
    }
}
