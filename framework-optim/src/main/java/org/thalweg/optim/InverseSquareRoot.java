package org.thalweg.optim;

import org.thalweg.api.optim.Schedule;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.Min;

/**
 * A linear rise and then a fall with the square root of the steps, the schedule of the first transformer (Vaswani et al., 2017):
 * {@code min((t + 1) / warmUp, sqrt(warmUp / (t + 1)))} after t steps, 1 at the top.
 *
 * @param warmUp number of steps until the top; at least 1
 */
@Description("The learning rate rises, then falls with the square root of the steps.")
@Guide(
        formula = "min((t + 1) / warmUp, sqrt(warmUp / (t + 1)))",
        use = "For transformers trained for an open number of steps.",
        source = "Vaswani et al. (2017).")
public record InverseSquareRoot(
        @Description("Number of steps until the top.") @Default("4000") @Min(1) long warmUp)
        implements Schedule {

    @Override
    public double factor(long step) {
        double t = step + 1.0;
        return Math.min(t / warmUp, Math.sqrt(warmUp / t));
    }
}
