package org.thalweg.optim;

import java.util.Optional;
import org.thalweg.api.optim.Schedule;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.Min;

/**
 * One factor: for the whole run, or for the first steps only, and 1 after them, as PyTorch's ConstantLR.
 *
 * @param factor on the learning rate; at least 0
 * @param steps how many steps it holds; if absent, all
 */
@Description("A constant learning rate; with steps, a lower (or higher) one at the start.")
@Guide(
        formula = "factor   while t < steps, then 1",
        use = "For a run without a schedule, or for a lower rate at the start.",
        source = "As PyTorch's ConstantLR.")
public record ConstantRate(
        @Description("What the learning rate is multiplied by.") @Default("1") @Min(0) double factor,
        @Description("For how many steps, after which the factor is 1; if absent, for the whole run.") @Min(0) Optional<Long> steps)
        implements Schedule {

    @Override
    public double factor(long step) {
        return steps.isEmpty() || step < steps.get() ? factor : 1;
    }
}
