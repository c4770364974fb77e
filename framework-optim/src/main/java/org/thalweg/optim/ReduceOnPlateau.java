package org.thalweg.optim;

import org.thalweg.api.optim.Schedule;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.LessThan;
import org.thalweg.api.settings.Min;
import org.thalweg.api.training.TrainingListener.EpochEnded;

/**
 * The factor falls where a metric has stopped to improve, as PyTorch's ReduceLROnPlateau: after more than {@code patience} epochs in a row
 * that were not better than the best, it is multiplied, and for {@code cooldown} epochs nothing counts as bad. Better means below
 * {@code best * (1 - threshold)}, or with an absolute threshold below {@code best - threshold}; with mode max the other way round. NaN is
 * never better.
 *
 * @param metric its full name, as {@code validation.loss}; one that the run does not report is an {@link IllegalArgumentException} after
 *     the first epoch
 * @param mode whether the metric should become small or large
 * @param factor what the factor is multiplied by, in [0, 1)
 * @param patience how many bad epochs in a row pass without a fall; at least 0
 * @param threshold by how much the metric must become better; at least 0
 * @param thresholdMode whether the threshold is a share of the best or a difference
 * @param cooldown how many epochs after a fall are not judged; at least 0
 * @param minimumFactor the factor does not fall below it, at least 0
 * @param leastChange a fall by no more than this is left out; at least 0
 */
@Description("The learning rate falls where a metric has stopped to improve.")
@Guide(
        formula = "times factor after more than patience epochs without a better metric",
        use = "For runs whose length is not known, watched by a validation metric.",
        source = "As PyTorch's ReduceLROnPlateau.")
public record ReduceOnPlateau(
        @Description("Full name of the metric, as validation.loss or validation.accuracy.") @Default("validation.loss") String metric,
        @Description("Whether the metric should become small (min) or large (max).") @Default("min") Mode mode,
        @Description("What the learning rate is multiplied by.") @Default("0.1") @Min(0) @LessThan(1) double factor,
        @Description("How many bad epochs in a row pass without a fall.") @Default("10") @Min(0) int patience,
        @Description("By how much the metric must become better to count as improved.") @Default("0.0001") @Min(0) double threshold,
        @Description("Whether the threshold is a share of the best value or a difference from it.") @Default("relative")
                ThresholdMode thresholdMode,
        @Description("How many epochs after a fall are not judged.") @Default("0") @Min(0) int cooldown,
        @Description("Share of the learning rate below which it does not fall.") @Default("0") @Min(0) double minimumFactor,
        @Description("A fall by no more than this share of the learning rate is left out.") @Default("1e-8") @Min(0) double leastChange)
        implements Schedule {

    /** Which way the metric improves. */
    public enum Mode {
        /** Downwards. */
        MIN,
        /** Upwards. */
        MAX
    }

    /** What the threshold is measured in. */
    public enum ThresholdMode {
        /** A share of the best value. */
        RELATIVE,
        /** A difference from the best value. */
        ABSOLUTE
    }

    /** 1: without a run there are no metrics to answer to. */
    @Override
    public double factor(long step) {
        return 1;
    }

    @Override
    public Course start() {
        return new Course() {
            private double now = 1;
            private double best = mode == Mode.MIN ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
            private int bad;
            private int cooling;

            @Override
            public double factor(long step) {
                return now;
            }

            @Override
            public void afterEpoch(EpochEnded epoch) {
                double value = EpochMetric.of("reduce-on-plateau", metric, epoch);
                if (isBetter(value, best)) {
                    best = value;
                    bad = 0;
                } else {
                    bad++;
                }
                if (cooling > 0) {
                    cooling--;
                    bad = 0;
                }
                if (bad > patience) {
                    double next = Math.max(now * factor, minimumFactor);
                    now = now - next > leastChange ? next : now;
                    cooling = cooldown;
                    bad = 0;
                }
            }
        };
    }

    private boolean isBetter(double value, double best) {
        double share = thresholdMode == ThresholdMode.RELATIVE ? threshold : 0;
        double difference = thresholdMode == ThresholdMode.RELATIVE ? 0 : threshold;
        return mode == Mode.MIN ? value < best * (1 - share) - difference : value > best * (1 + share) + difference;
    }
}
