package org.thalweg.optim;

import java.util.List;
import org.thalweg.api.optim.Schedule;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.Min;

/**
 * The factor falls by the same share at given steps, as PyTorch's MultiStepLR: gamma to the power of the number of milestones that are
 * not after t.
 *
 * @param milestones numbers of steps after which the factor falls
 * @param gamma what the factor is multiplied by; at least 0
 */
@Description("The learning rate falls by the same share at given steps.")
@Guide(
        formula = "gamma^(number of milestones <= t)",
        use = "As step, with falls where you want them.",
        source = "As PyTorch's MultiStepLR.")
public record MultiStepDecay(
        @Description("Numbers of steps after which the learning rate falls.") @Min(0) List<Long> milestones,
        @Description("What the learning rate is multiplied by each time.") @Default("0.1") @Min(0) double gamma)
        implements Schedule {

    @Override
    public double factor(long step) {
        int passed = 0;
        for (long milestone : milestones) {
            passed += milestone <= step ? 1 : 0;
        }
        return Math.pow(gamma, passed);
    }
}
