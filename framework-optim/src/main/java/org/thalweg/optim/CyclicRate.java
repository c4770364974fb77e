package org.thalweg.optim;

import java.util.Optional;
import org.thalweg.api.optim.Schedule;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.Min;

/**
 * The factor goes up and down between two bounds along straight lines (Smith, 2017), as PyTorch's CyclicLR.
 *
 * <pre>
 * height = t within its cycle, 0 at both ends, 1 at the top
 * factor = minimumFactor + (maximumFactor - minimumFactor) * height * scale
 * scale  = 1 (triangular), 1 / 2^cycle (triangular2, cycles from 0), gamma^t (exponential)
 * </pre>
 *
 * @param minimumFactor the lower bound; at least 0
 * @param maximumFactor the upper bound of the first cycle; at least 0
 * @param stepsUp from the lower bound to the upper one; at least 1
 * @param stepsDown back again; if absent, as many as up
 * @param mode how the height changes from cycle to cycle
 * @param gamma of the exponential mode; at least 0
 */
@Description("The learning rate goes up and down between two bounds.")
@Guide(
        formula = "minimumFactor + (maximumFactor - minimumFactor) * height * scale",
        use = "For an open number of steps where a good rate is known only roughly.",
        source = "Smith (2017); as PyTorch's CyclicLR.")
public record CyclicRate(
        @Description("Lower bound of the factor.") @Default("0.1") @Min(0) double minimumFactor,
        @Description("Upper bound of the factor in the first cycle.") @Default("1") @Min(0) double maximumFactor,
        @Description("Number of steps from the lower bound to the upper one.") @Default("2000") @Min(1) long stepsUp,
        @Description("Number of steps back; if absent, as many as up.") @Min(1) Optional<Long> stepsDown,
        @Description("How the height changes: triangular, not; triangular2, halved in each cycle; exponential, by gamma at each step.")
                @Default("triangular") Mode mode,
        @Description("What the height is multiplied by at each step in the exponential mode.") @Default("1") @Min(0) double gamma)
        implements Schedule {

    /** How the height of the cycles changes. */
    public enum Mode {
        /** Not at all. */
        TRIANGULAR,
        /** Halved in each cycle. */
        TRIANGULAR2,
        /** By gamma at each step. */
        EXPONENTIAL
    }

    @Override
    public double factor(long step) {
        long length = stepsUp + stepsDown.orElse(stepsUp);
        long within = step % length;
        double height = within <= stepsUp ? (double) within / stepsUp : (double) (length - within) / (length - stepsUp);
        double scale = switch (mode) {
            case TRIANGULAR -> 1;
            case TRIANGULAR2 -> Math.pow(0.5, step / length);
            case EXPONENTIAL -> Math.pow(gamma, step);
        };
        return minimumFactor + (maximumFactor - minimumFactor) * height * scale;
    }
}
