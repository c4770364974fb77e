package org.thalweg.optim;

import org.thalweg.api.optim.Schedule;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.Min;

/**
 * The factor falls to 0 as a power of what is left, as PyTorch's PolynomialLR: {@code (1 - min(t, steps) / steps)^power}.
 *
 * @param steps until 0; at least 1
 * @param power of the fall: 1 is a straight line; at least 0
 */
@Description("The learning rate falls to 0 as a power of the steps that are left.")
@Guide(
        formula = "(1 - min(t, steps) / steps)^power",
        use = "For a fall to 0 at a known number of steps: segmentation (power 0.9), fine tuning (power 1).",
        source = "As PyTorch's PolynomialLR.")
public record PolynomialDecay(
        @Description("Number of steps until 0, usually those of the whole run.") @Default("5") @Min(1) long steps,
        @Description("Power of the fall; 1 is a straight line.") @Default("1") @Min(0) double power)
        implements Schedule {

    @Override
    public double factor(long step) {
        return Math.pow(1 - (double) Math.min(step, steps) / steps, power);
    }
}
