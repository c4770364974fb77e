package org.thalweg.optim;

import java.util.Arrays;
import org.thalweg.api.optim.Minimizer;
import org.thalweg.api.optim.Objective;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.Min;

/**
 * Nonlinear conjugate gradients (Polak and Ribière, 1969, with the restart of Powell, 1984) and a strong Wolfe line search.
 *
 * <pre>
 * beta = max(0, g'(g - gBefore) / gBefore'gBefore)
 * d    = -g + beta * d                         (-g where that would not lead downhill)
 * x   &lt;- x + t * d, with t from the line search
 * </pre>
 *
 * For smooth objectives of very many numbers: three vectors of memory, more evaluations than L-BFGS.
 *
 * @param iterations at most; at least 1
 * @param gradientTolerance converged where no element of the gradient is larger, in its units; at least 0
 * @param changeTolerance converged where neither the value nor any number of the point changes by more; at least 0
 */
@Description("Nonlinear conjugate gradients with a line search, on the whole objective.")
@Guide(
        formula = """
                beta = max(0, g'(g - gBefore) / gBefore'gBefore)
                d    = -g + beta * d                         (-g where that would not lead downhill)
                x   <- x + t * d, with t from the line search""",
        shapes = "Point and gradient are [n].",
        use = "For smooth objectives of very many numbers: three vectors of memory, more evaluations than lbfgs.",
        typical = "The defaults.",
        source = "Polak and Ribière (1969); restart: Powell (1984).")
public record ConjugateGradient(
        @Description("Most iterations.") @Default("1000") @Min(1) int iterations,
        @Description("Largest element of a gradient that counts as zero.") @Default("1e-7") @Min(0) double gradientTolerance,
        @Description("Largest change of the value and the point that counts as none.") @Default("1e-14") @Min(0) double changeTolerance)
        implements Minimizer {

    @Override
    public Minimum minimize(Objective objective, double... start) {
        LineSearch search = new LineSearch(objective, start, 0.1, changeTolerance);
        double[] direction = Vectors.times(-1, search.gradient());
        double first = Math.min(1, 1 / Arrays.stream(search.gradient()).map(Math::abs).sum());
        int done = 0;
        String converged = Descent.gradientIsZero(search, gradientTolerance);
        while (converged == null && done < iterations) {
            double[] gradient = search.gradient();
            double slope = Vectors.dot(gradient, direction);
            double value = search.value();
            search.move(direction, first);
            done++;
            converged = Descent.reached(search, gradientTolerance, changeTolerance, Vectors.times(search.step(), direction), value);

            double beta = Vectors.dot(search.gradient(), Vectors.minus(search.gradient(), gradient)) / Vectors.dot(gradient, gradient);
            double[] next = Vectors.times(-1, search.gradient());
            Vectors.add(next, Math.max(0, beta), direction);
            direction = Vectors.dot(search.gradient(), next) < 0 ? next : Vectors.times(-1, search.gradient());
            // The next step is expected to change the value as much as this one.
            first = search.step() * slope / Vectors.dot(search.gradient(), direction);
        }
        return Descent.minimum(search, done, converged, iterations + " iterations are done");
    }
}
