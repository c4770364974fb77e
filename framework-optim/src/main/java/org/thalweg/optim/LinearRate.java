package org.thalweg.optim;

import org.thalweg.api.optim.Schedule;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.Min;

/**
 * The factor moves along a straight line and then stays, as PyTorch's LinearLR: {@code start + (end - start) * min(t / steps, 1)} after t
 * steps. With start below end a warm-up, with start above end a decay.
 *
 * @param startFactor at the first step; at least 0
 * @param endFactor after {@code steps} steps; at least 0
 * @param steps of the line; at least 1
 */
@Description("The learning rate moves along a straight line, then stays.")
@Guide(
        formula = "startFactor + (endFactor - startFactor) * min(t, steps) / steps",
        use = "For warm-up, or for a fall to a small rate at the end.",
        source = "As PyTorch's LinearLR.")
public record LinearRate(
        @Description("Factor at the first step.") @Default("0.3333333333333333") @Min(0) double startFactor,
        @Description("Factor at the end of the line and after it.") @Default("1") @Min(0) double endFactor,
        @Description("Number of steps of the line.") @Default("5") @Min(1) long steps)
        implements Schedule {

    @Override
    public double factor(long step) {
        return startFactor + (endFactor - startFactor) * Math.min(step, steps) / steps;
    }
}
