package org.thalweg.app.pipeline;

import java.util.Map;

/** Keeps the weights of the best epoch so far. */
final class BestEpoch {
    private final String metric;
    private final boolean higherIsBetter;
    private int epoch;
    private double value = Double.NaN;
    private Weights weights;

    /** Judged by the first metric of the validation data, by its loss where there is no metric, by the training loss without such data. */
    BestEpoch(Plan plan) {
        boolean byMetric = plan.validation().isPresent() && !plan.metrics().isEmpty();
        metric = byMetric ? "validation." + plan.metrics().keySet().iterator().next()
                : plan.validation().isPresent() ? "validation.loss" : "train.loss";
        higherIsBetter = byMetric && plan.metrics().values().iterator().next().higherIsBetter();
    }

    /** Whether this epoch is the best so far. The first of equally good epochs stays; NaN is worse than any number. */
    boolean consider(int number, Map<String, Double> metrics, Variables variables) {
        double candidate = metrics.get(metric);
        boolean better = higherIsBetter ? candidate > value : candidate < value;
        if (epoch != 0 && !better && !(Double.isNaN(value) && !Double.isNaN(candidate))) {
            return false;
        }
        epoch = number;
        value = candidate;
        weights = variables == null ? null : variables.evaluatedWeights();
        return true;
    }

    /** An epoch of before the run was resumed: its weights are not known any more. */
    void recall(int number, Map<String, Double> metrics) {
        consider(number, metrics, null);
    }

    /** From 1; 0 where no epoch ended. */
    int epoch() {
        return epoch;
    }

    Weights weights(Weights otherwise) {
        return weights == null ? otherwise : weights;
    }
}
