package org.thalweg.optim;

import java.util.List;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.training.StopCriterion;
import org.thalweg.api.training.TrainingListener.EpochEnded;

/**
 * Stops when a metric has not improved on its best for some epochs in a row. Metrics whose name ends in {@code loss} or {@code error} or
 * begins with {@code mean-} (after the part before the dot) improve downwards, all others upwards. NaN is no improvement.
 *
 * @param metric its full name, as {@code validation.loss}; a run that does not report it does not begin
 * @param epochs without an improvement; at least 1
 * @param minimumDelta the metric must become better by more than this, in its own units; at least 0
 */
@Description("Stops when a metric has not improved for some epochs.")
public record Patience(
        @Description("Full name of the metric, as validation.loss or validation.accuracy.") @Default("validation.loss") String metric,
        @Description("How many epochs in a row may pass without an improvement.") @Min(1) int epochs,
        @Description("By more than how much the metric must become better to count as improved.") @Default("0") @Min(0)
                double minimumDelta)
        implements StopCriterion {

    @Override
    public Monitor start() {
        return new Monitor() {
            private double best = lowerIsBetter() ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
            private int waited;

            @Override
            public String afterEpoch(EpochEnded epoch) {
                double value = EpochMetric.of("patience", metric, epoch);
                double improvement = lowerIsBetter() ? best - value : value - best;
                if (improvement > minimumDelta) {
                    best = value;
                    waited = 0;
                    return null;
                }
                waited++;
                return waited < epochs ? null : metric + " has not improved on " + best + " for " + EpochMetric.epochs(epochs);
            }
        };
    }

    @Override
    public List<String> metrics() {
        return List.of(metric);
    }

    private boolean lowerIsBetter() {
        String name = metric.substring(metric.lastIndexOf('.') + 1);
        return name.endsWith("loss") || name.endsWith("error") || name.startsWith("mean-");
    }
}
