package org.thalweg.autodiff.layer;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Tensor;

/**
 * Scores to probabilities: {@code exp(x) / sum exp(x)} along an axis; stable. Cross-entropy contains it already.
 *
 * @param axis whose elements will add up to 1; -1 is the last
 */
@Description("Scores to probabilities that add up to 1 along an axis.")
public record Softmax(@Description("The axis; -1 is the last.") @Default("-1") int axis) implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        return input.softmax(axis);
    }
}
