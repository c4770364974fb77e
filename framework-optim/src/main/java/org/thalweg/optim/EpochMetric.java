package org.thalweg.optim;

import org.thalweg.api.settings.Suggestion;
import org.thalweg.api.training.TrainingListener.EpochEnded;

/** Reads the metrics of an epoch for the stop criteria. */
final class EpochMetric {
    private EpochMetric() {}

    /** The value of a metric; an error that lists the metrics there are where it is missing. */
    static double of(String criterion, String metric, EpochEnded epoch) {
        Double value = epoch.metrics().get(metric);
        if (value == null) {
            throw new IllegalArgumentException(criterion + ": this run reports no metric '" + metric + "'; "
                    + Suggestion.forName(metric, epoch.metrics().keySet()));
        }
        return value;
    }

    /** As in "1 epoch" and "3 epochs". */
    static String epochs(int count) {
        return count == 1 ? "1 epoch" : count + " epochs";
    }
}
