package org.thalweg.optim;

import org.thalweg.api.optim.Schedule;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.Min;

/**
 * The factor falls by the same share every so many steps, as PyTorch's StepLR: {@code gamma^floor(t / steps)}.
 *
 * @param steps between two falls; at least 1
 * @param gamma what the factor is multiplied by; at least 0
 */
@Description("The learning rate falls by the same share every so many steps.")
@Guide(
        formula = "gamma^floor(t / steps)",
        use = "The classic for convolutional networks: divide by ten a few times.",
        source = "As PyTorch's StepLR.")
public record StepDecay(
        @Description("Number of steps between two falls.") @Min(1) long steps,
        @Description("What the learning rate is multiplied by each time.") @Default("0.1") @Min(0) double gamma)
        implements Schedule {

    @Override
    public double factor(long step) {
        return Math.pow(gamma, step / steps);
    }
}
