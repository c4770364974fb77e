package org.thalweg.optim;

import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Positive;
import org.thalweg.api.training.StopCriterion;
import org.thalweg.api.training.TrainingListener.StepEnded;

/**
 * Stops when a step's gradient is nearly zero: the Euclidean norm of all gradients together, before clipping, is below a bound. Meant for
 * steps on the whole data set; the gradient of a small batch is noise.
 *
 * @param below the bound, in units of the gradient; above 0
 */
@Description("Stops when the norm of all gradients together falls below a bound.")
public record GradientNorm(@Description("The norm to stop below.") @Positive double below) implements StopCriterion {

    @Override
    public Monitor start() {
        return new Monitor() {
            @Override
            public String afterStep(StepEnded step) {
                return step.gradientNorm() < below ? "the norm of the gradients, " + step.gradientNorm() + ", is below " + below : null;
            }
        };
    }

    @Override
    public boolean needsGradientNorm() {
        return true;
    }
}
