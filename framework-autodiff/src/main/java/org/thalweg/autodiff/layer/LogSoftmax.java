package org.thalweg.autodiff.layer;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Tensor;

/**
 * Scores to logarithms of probabilities: {@code x - log sum exp(x)} along an axis; stable. Cross-entropy contains it already.
 *
 * @param axis whose probabilities add up to 1; -1 is the last
 */
@Description("Scores to logarithms of probabilities along an axis.")
public record LogSoftmax(@Description("The axis; -1 is the last.") @Default("-1") int axis) implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        return input.logSoftmax(axis);
    }
}
