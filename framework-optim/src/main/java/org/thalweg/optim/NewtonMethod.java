package org.thalweg.optim;

import org.thalweg.api.optim.Minimizer;
import org.thalweg.api.optim.Objective;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.Min;

/**
 * Newton's method with Hessian-vector products (truncated Newton; Nocedal and Wright, 2006, algorithm 7.1) and a strong Wolfe line search.
 *
 * <pre>
 * H d = -g, solved by conjugate gradients until |H d + g| &lt;= min(0.5, sqrt(|g|)) |g|, or until the curvature is not positive
 * x  &lt;- x + t * d, with t from the line search; the first t tried is 1
 * </pre>
 *
 * For smooth objectives whose Hessian-vector products are cheap: few iterations, and the last ones double the number of digits.
 *
 * @param iterations at most; at least 1
 * @param gradientTolerance converged where no element of the gradient is larger, in its units; at least 0
 * @param changeTolerance converged where neither the value nor any number of the point changes by more; at least 0
 */
@Description("Newton's method with Hessian-vector products and a line search, on the whole objective.")
@Guide(
        formula = """
                H d = -g, solved by conjugate gradients until |H d + g| <= min(0.5, sqrt(|g|)) |g|, or until the curvature is not positive
                x  <- x + t * d, with t from the line search; the first t tried is 1""",
        shapes = "Point and gradient are [n].",
        use = "For smooth objectives whose Hessian-vector products are cheap: few iterations, and the last ones double the number of "
                + "digits.",
        typical = "The defaults.",
        source = "Nocedal and Wright (2006), algorithm 7.1.")
public record NewtonMethod(
        @Description("Most iterations.") @Default("100") @Min(1) int iterations,
        @Description("Largest element of a gradient that counts as zero.") @Default("1e-9") @Min(0) double gradientTolerance,
        @Description("Largest change of the value and the point that counts as none.") @Default("1e-14") @Min(0) double changeTolerance)
        implements Minimizer {

    @Override
    public Minimum minimize(Objective objective, double... start) {
        LineSearch search = new LineSearch(objective, start, 0.9, changeTolerance);
        int done = 0;
        String converged = Descent.gradientIsZero(search, gradientTolerance);
        while (converged == null && done < iterations) {
            double value = search.value();
            double[] direction = direction(objective, search.point(), search.gradient());
            search.move(direction, 1);
            done++;
            converged = Descent.reached(search, gradientTolerance, changeTolerance, Vectors.times(search.step(), direction), value);
        }
        return Descent.minimum(search, done, converged, iterations + " iterations are done");
    }

    private static double[] direction(Objective objective, double[] point, double[] gradient) {
        double norm = Math.sqrt(Vectors.dot(gradient, gradient));
        double enough = Math.min(0.1, Math.sqrt(norm)) * norm;
        double[] d = new double[point.length];
        double[] residual = gradient.clone();
        double[] p = Vectors.times(-1, gradient);
        double[] product = new double[point.length];
        double square = norm * norm;
        // In exact arithmetic as many rounds as numbers are enough; rounding may need some more.
        for (int round = 0; round < 2 * point.length + 10; round++) {
            objective.hessianTimes(point, p, product);
            double curvature = Vectors.dot(p, product);
            if (!(curvature > 0)) {
                return round == 0 ? p : d;
            }
            double alpha = square / curvature;
            Vectors.add(d, alpha, p);
            Vectors.add(residual, alpha, product);
            double next = Vectors.dot(residual, residual);
            if (Math.sqrt(next) <= enough) {
                return d;
            }
            for (int i = 0; i < p.length; i++) {
                p[i] = -residual[i] + next / square * p[i];
            }
            square = next;
        }
        return d;
    }
}
