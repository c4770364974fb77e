package org.thalweg.optim;

import org.thalweg.api.optim.Schedule;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.Min;

/**
 * Half a cosine from 1 down to the minimum (Loshchilov and Hutter, 2017):
 * {@code minimumFactor + (1 - minimumFactor) * (1 + cos(pi * t / steps)) / 2} after t steps. A run that goes on after {@code steps} sees
 * the rate rise again by the same formula, as in PyTorch.
 *
 * @param steps until the minimum; at least 1
 * @param minimumFactor the factor there, at least 0
 */
@Description("The learning rate falls along half a cosine.")
@Guide(
        formula = "minimumFactor + (1 - minimumFactor) * (1 + cos(pi * t / steps)) / 2",
        use = "The usual choice for a known number of steps.",
        source = "Loshchilov and Hutter (2017); as PyTorch's CosineAnnealingLR.")
public record CosineAnnealing(
        @Description("Number of steps until the minimum, usually those of the whole run.") @Min(1) long steps,
        @Description("The factor at the minimum.") @Default("0") @Min(0) double minimumFactor)
        implements Schedule {

    @Override
    public double factor(long step) {
        return minimumFactor + (1 - minimumFactor) * (1 + Math.cos(Math.PI * step / steps)) / 2;
    }
}
