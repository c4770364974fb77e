package org.thalweg.optim;

import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.settings.Positive;
import org.thalweg.api.training.StopCriterion;
import org.thalweg.api.training.TrainingListener.EpochEnded;

/**
 * Stops when the training loss has settled: its relative change from epoch to epoch, {@code |L - L'| / |L'|} with L' the loss of the
 * epoch before, was below the tolerance for some epochs in a row.
 *
 * @param tolerance on the relative change, without unit; above 0
 * @param epochs how many in a row; at least 1
 */
@Description("Stops when the training loss hardly changes any more.")
public record LossChange(
        @Description("Relative change from one epoch to the next that counts as none.") @Default("0.0001") @Positive double tolerance,
        @Description("For how many epochs in a row.") @Default("3") @Min(1) int epochs)
        implements StopCriterion {

    @Override
    public Monitor start() {
        return new Monitor() {
            private double before = Double.NaN;
            private int settled;

            @Override
            public String afterEpoch(EpochEnded epoch) {
                double loss = EpochMetric.of("loss-change", "train.loss", epoch);
                double change = Math.abs(loss - before);
                // The first epoch has nothing before it: its change is NaN and not below anything.
                boolean below = change == 0 || change / Math.abs(before) < tolerance;
                settled = below ? settled + 1 : 0;
                before = loss;
                return settled < epochs
                        ? null
                        : "the training loss changed by less than " + tolerance + " of itself for " + EpochMetric.epochs(epochs)
                                + ", to " + loss;
            }
        };
    }
}
