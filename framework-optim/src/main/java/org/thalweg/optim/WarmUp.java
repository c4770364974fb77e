package org.thalweg.optim;

import org.thalweg.api.optim.Schedule;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.Min;
import org.thalweg.api.training.TrainingListener.EpochEnded;

/**
 * The factor rises in equal steps to 1 (Goyal et al., 2017), {@code (t + 1) / steps} after t steps, and then another schedule begins, which
 * counts its steps from there.
 *
 * @param steps of the rise; at least 1
 * @param then the schedule after it
 */
@Description("The learning rate rises in equal steps, then another schedule begins.")
@Guide(
        formula = "min(1, (t + 1) / steps), then the other schedule",
        use = "Before any schedule, for transformers and large batches.",
        source = "Goyal et al. (2017).")
public record WarmUp(
        @Description("Number of steps of the rise.") @Min(1) long steps,
        @Description("The schedule after the rise; it counts its steps from there.") @Default("constant") Schedule then)
        implements Schedule {

    @Override
    public double factor(long step) {
        return factor(step, then::factor);
    }

    private double factor(long step, Course after) {
        return step < steps ? (step + 1.0) / steps : after.factor(step - steps);
    }

    @Override
    public Course start() {
        Course after = then.start();
        return new Course() {
            @Override
            public double factor(long step) {
                return WarmUp.this.factor(step, after);
            }

            @Override
            public void afterEpoch(EpochEnded epoch) {
                after.afterEpoch(epoch);
            }
        };
    }
}
