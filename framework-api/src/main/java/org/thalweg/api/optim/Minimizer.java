package org.thalweg.api.optim;

import org.thalweg.api.plugin.Stable;

/** A method that sees the whole objective at once, with as many evaluations as it likes. Immutable: usually a record of settings. */
@Stable
public interface Minimizer {
    /**
     * Goes downhill from a point.
     *
     * @param objective what to make small
     * @param start where to begin; not changed
     * @throws IllegalArgumentException if the objective or its gradient is not finite at the start
     */
    Minimum minimize(Objective objective, double... start);

    /**
     * Where a minimizer stopped.
     *
     * @param point the best point
     * @param value of the objective there
     * @param gradientNorm the largest absolute value of the gradient's elements there
     * @param iterations steps taken
     * @param evaluations of the objective with its gradient
     * @param converged whether a tolerance was reached, rather than a limit
     * @param reason why it stopped, a sentence for people
     */
    record Minimum(double[] point, double value, double gradientNorm, int iterations, int evaluations, boolean converged, String reason) {}
}
