package org.thalweg.app.pipeline;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.thalweg.api.settings.Suggestion;
import org.thalweg.api.training.StopCriterion;

/** The metrics that a run reports after each epoch, under their full names. */
public final class ReportedMetrics {
    private ReportedMetrics() {}

    /**
     * What is wrong with what a stop criterion reads.
     *
     * @param metrics names of the run's metrics, as {@code accuracy}
     * @param validation whether the run has validation data
     * @return a sentence about the first metric that the run does not report
     */
    public static Optional<String> unknown(StopCriterion criterion, Collection<String> metrics, boolean validation) {
        Set<String> reported = new TreeSet<>(List.of("train.loss"));
        if (validation) {
            reported.add("validation.loss");
            metrics.forEach(metric -> reported.add("validation." + metric));
        }
        return criterion.metrics().stream()
                .filter(metric -> !reported.contains(metric))
                .findFirst()
                .map(metric -> "reads the metric '" + metric + "', which this run does not report after an epoch; "
                        + (metric.startsWith("validation.") && !validation
                                ? "add validation data, or read 'train.loss'"
                                : Suggestion.forName(metric, reported)));
    }
}
