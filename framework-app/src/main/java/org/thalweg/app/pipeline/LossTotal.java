package org.thalweg.app.pipeline;

import org.thalweg.api.loss.Reduction;

/** A loss over several batches. Numerators and divisors add up apart, so batches of unequal size count by their size. */
final class LossTotal {
    private final Reduction reduction;
    private double sum;
    private double divisor;

    LossTotal(Reduction reduction) {
        this.reduction = reduction;
    }

    void clear() {
        sum = 0;
        divisor = 0;
    }

    void add(double batchSum, double batchDivisor) {
        sum += batchSum;
        divisor += batchDivisor;
    }

    /** The loss of all batches as if they were one. */
    double value() {
        return reduction == Reduction.SUM ? sum : sum / divisor;
    }
}
