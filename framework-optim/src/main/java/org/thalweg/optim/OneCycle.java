package org.thalweg.optim;

import org.thalweg.api.optim.Schedule;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.Max;
import org.thalweg.api.settings.Min;
import org.thalweg.api.settings.Positive;

/**
 * One rise to the top and one long fall far below the start (Smith and Topin, 2019), as PyTorch's OneCycleLR. The learning rate of the
 * optimizer is the top, times {@code maximumFactor}. The rise ends after {@code warmUp * steps - 1} steps, the fall after
 * {@code steps - 1}; with three phases the fall first mirrors the rise and then goes below the start. A run that goes on after
 * {@code steps} stays at the last value.
 *
 * @param steps of the cycle, usually those of the run; at least 1
 * @param maximumFactor the top; at least 0
 * @param warmUp share of the steps in which the rate rises, in [0, 1]
 * @param startDivisor by how much the first value is below the top; above 0
 * @param endDivisor by how much the last value is below the first; above 0
 * @param line cosine or linear
 * @param threePhase whether the fall mirrors the rise first
 */
@Description("The learning rate rises once to the top and falls far below its start.")
@Guide(
        formula = "up from maximumFactor / startDivisor to maximumFactor in warmUp of the steps, then down below the start",
        use = "For short trainings with high rates.",
        source = "Smith and Topin (2019); as PyTorch's OneCycleLR.")
public record OneCycle(
        @Description("Number of steps of the cycle, usually those of the whole run.") @Min(1) long steps,
        @Description("Factor at the top.") @Default("1") @Min(0) double maximumFactor,
        @Description("Share of the steps in which the rate rises.") @Default("0.3") @Min(0) @Max(1) double warmUp,
        @Description("By how much the first value is below the top.") @Default("25") @Positive double startDivisor,
        @Description("By how much the last value is below the first.") @Default("10000") @Positive double endDivisor,
        @Description("Line of the rise and the fall.") @Default("cosine") Line line,
        @Description("Whether the fall mirrors the rise before it goes below the start.") @Default("false") boolean threePhase)
        implements Schedule {

    /** How the rate goes from one value to another. */
    public enum Line {
        /** Along half a cosine. */
        COSINE,
        /** Straight. */
        LINEAR;

        double between(double from, double to, double share) {
            return switch (this) {
                case COSINE -> to + (from - to) / 2 * (1 + Math.cos(Math.PI * share));
                case LINEAR -> from + (to - from) * share;
            };
        }
    }

    @Override
    public double factor(long step) {
        double start = maximumFactor / startDivisor;
        double end = start / endDivisor;
        double last = steps - 1;
        double t = Math.min(step, last);
        double top = warmUp * steps - 1;
        if (t < top) {
            return line.between(start, maximumFactor, t / top);
        }
        double back = threePhase ? 2 * warmUp * steps - 2 : last;
        double bottom = threePhase ? start : end;
        if (t < back) {
            return line.between(maximumFactor, bottom, (t - top) / (back - top));
        }
        return back < last ? line.between(bottom, end, (t - back) / (last - back)) : bottom;
    }
}
