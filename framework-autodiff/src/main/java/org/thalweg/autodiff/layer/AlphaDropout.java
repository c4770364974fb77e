package org.thalweg.autodiff.layer;

import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.LessThan;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Tensor;

/**
 * Dropout for nets of SELU (Klambauer et al., 2017): in training each element becomes SELU's limit far below 0 with the probability {@code rate}; then all are scaled
 * and shifted so that mean 0 and variance 1 stay. Otherwise the input itself.
 *
 * @param rate probability, in [0, 1)
 */
@Description("Dropout for selu: keeps mean and variance of its input.")
public record AlphaDropout(
        @Description("Probability with which an element is dropped.") @Default("0.5") @Min(0) @LessThan(1) double rate)
        implements Layer {
    /** SELU far below 0. */
    private static final double LIMIT = -1.7580993408473766;

    @Override
    public Tensor apply(LayerContext context, Tensor input) {
        if (!context.training() || rate == 0) {
            return input;
        }
        double scale = 1 / Math.sqrt((1 - rate) * (1 + rate * LIMIT * LIMIT));
        double shift = -scale * rate * LIMIT;
        Tensor kept = context.uniform(input.shape()).greaterOrEqual(rate);
        return kept.where(input, input.constant(LIMIT)).mul(scale).add(shift);
    }
}
