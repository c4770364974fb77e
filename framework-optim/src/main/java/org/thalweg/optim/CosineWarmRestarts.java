package org.thalweg.optim;

import org.thalweg.api.optim.Schedule;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.Min;

/**
 * Half cosines from 1 to the minimum, one after another, each as long as the one before times a factor (Loshchilov and Hutter, 2017), as
 * PyTorch's CosineAnnealingWarmRestarts: {@code minimumFactor + (1 - minimumFactor) * (1 + cos(pi * i / n)) / 2}, i steps into a cycle of
 * n.
 *
 * @param steps of the first cycle; at least 1
 * @param growth how many times longer each cycle is than the one before; at least 1
 * @param minimumFactor the factor that a cycle falls to, at least 0
 */
@Description("The learning rate falls along half a cosine, again and again.")
@Guide(
        formula = "minimumFactor + (1 - minimumFactor) * (1 + cos(pi * i / n)) / 2      i steps into a cycle of n",
        use = "For an open number of steps, and for models kept at the end of each cycle.",
        source = "SGDR, Loshchilov and Hutter (2017); as PyTorch's CosineAnnealingWarmRestarts.")
public record CosineWarmRestarts(
        @Description("Number of steps of the first cycle.") @Min(1) long steps,
        @Description("How many times longer each cycle is than the one before.") @Default("1") @Min(1) int growth,
        @Description("The factor at the minimum.") @Default("0") @Min(0) double minimumFactor)
        implements Schedule {

    @Override
    public double factor(long step) {
        long cycle = steps;
        long within = step;
        if (growth == 1) {
            within = step % steps;
        }
        while (within >= cycle) {
            within -= cycle;
            cycle *= growth;
        }
        return minimumFactor + (1 - minimumFactor) * (1 + Math.cos(Math.PI * within / cycle)) / 2;
    }
}
