package org.thalweg.optim;

import org.thalweg.api.optim.Schedule;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.Min;

/**
 * The factor falls by the same share at every step, as PyTorch's ExponentialLR: {@code gamma^t}.
 *
 * @param gamma what the factor is multiplied by at each step, as 0.9999; at least 0
 */
@Description("The learning rate falls by the same share at every step.")
@Guide(
        formula = "gamma^t",
        use = "For a smooth fall; mind that gamma counts once a step, so it must be very near 1.",
        source = "As PyTorch's ExponentialLR.")
public record ExponentialDecay(
        @Description("What the learning rate is multiplied by at each step.") @Min(0) double gamma)
        implements Schedule {

    @Override
    public double factor(long step) {
        return Math.pow(gamma, step);
    }
}
