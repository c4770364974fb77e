package org.thalweg.optim;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import org.thalweg.api.optim.Minimizer;
import org.thalweg.api.optim.Objective;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.Min;
import org.thalweg.api.settings.Positive;

/**
 * Limited-memory BFGS (Liu and Nocedal, 1989) with a strong Wolfe line search; PyTorch's semantics.
 *
 * <pre>
 * d  = -H g, with H from the last pairs s = x' - x, y = g' - g     (two-loop recursion, Nocedal and Wright, algorithm 7.4)
 * x &lt;- x + t * d, with t from the line search; the first t tried is learningRate, min(1, 1 / sum |g|) of it at the first step
 * </pre>
 *
 * For smooth objectives without noise, from a few numbers to millions: usually the first choice.
 *
 * @param learningRate the first step length tried, 1 is Newton's; above 0
 * @param iterations at most; at least 1
 * @param evaluations at most, but the line search under way is finished; if absent, five for four iterations
 * @param history how many pairs are remembered; at least 1
 * @param gradientTolerance converged where no element of the gradient is larger, in its units; at least 0
 * @param changeTolerance converged where neither the value nor any number of the point changes by more; at least 0
 */
@Description("L-BFGS: a quasi-Newton method with little memory and a line search, on the whole objective.")
@Guide(
        formula = """
                d  = -H g, with H from the last pairs s = x' - x, y = g' - g     (two-loop recursion, Nocedal and Wright, algorithm 7.4)
                x <- x + t * d, with t from the line search; the first t tried is learningRate, min(1, 1 / sum |g|) of it at the first step""",
        shapes = "Point and gradient are [n].",
        use = "For smooth objectives without noise, from a few numbers to millions: usually the first choice.",
        typical = "learningRate 1, history 10 to 100.",
        source = "Liu and Nocedal (1989); as PyTorch's LBFGS with strong_wolfe.")
public record LBfgs(
        @Description("The first step length tried.") @Default("1") @Positive double learningRate,
        @Description("Most iterations.") @Default("20") @Min(1) int iterations,
        @Description("Most evaluations; if absent, five for four iterations.") @Min(1) Optional<Integer> evaluations,
        @Description("How many pairs of steps and changes of the gradient are remembered.") @Default("100") @Min(1) int history,
        @Description("Largest element of a gradient that counts as zero.") @Default("1e-7") @Min(0) double gradientTolerance,
        @Description("Largest change of the value and the point that counts as none.") @Default("1e-9") @Min(0) double changeTolerance)
        implements Minimizer {

    /** A step and the change of the gradient over it. */
    private record Pair(double[] s, double[] y, double ys) {}

    @Override
    public Minimum minimize(Objective objective, double... start) {
        LineSearch search = new LineSearch(objective, start, 0.9, changeTolerance);
        int mostEvaluations = evaluations.orElse(iterations * 5 / 4);
        ArrayDeque<Pair> pairs = new ArrayDeque<>();
        double scale = 1;
        int done = 0;
        String converged = Descent.gradientIsZero(search, gradientTolerance);
        while (converged == null && done < iterations && search.evaluations() < mostEvaluations) {
            double[] direction = direction(search.gradient(), pairs, scale);
            if (Vectors.dot(search.gradient(), direction) > -changeTolerance) {
                converged = "the slope along the direction of descent is nearly 0";
                break;
            }
            double first = done == 0 ? Math.min(1, 1 / Arrays.stream(search.gradient()).map(Math::abs).sum()) : 1;
            double[] gradient = search.gradient();
            double value = search.value();
            search.move(direction, first * learningRate);
            done++;

            double[] s = Vectors.times(search.step(), direction);
            double[] y = Vectors.minus(search.gradient(), gradient);
            double ys = Vectors.dot(y, s);
            if (ys > 1e-10) {
                if (pairs.size() == history) {
                    pairs.removeFirst();
                }
                pairs.addLast(new Pair(s, y, ys));
                scale = ys / Vectors.dot(y, y);
            }
            converged = Descent.reached(search, gradientTolerance, changeTolerance, s, value);
        }
        return Descent.minimum(search, done, converged,
                done == iterations ? iterations + " iterations are done" : mostEvaluations + " evaluations are done");
    }

    private static double[] direction(double[] gradient, ArrayDeque<Pair> pairs, double scale) {
        double[] q = Vectors.times(-1, gradient);
        double[] alpha = new double[pairs.size()];
        int i = alpha.length;
        for (Pair pair : pairs.reversed()) {
            alpha[--i] = Vectors.dot(pair.s, q) / pair.ys;
            Vectors.add(q, -alpha[i], pair.y);
        }
        double[] d = Vectors.times(scale, q);
        for (Pair pair : pairs) {
            double beta = Vectors.dot(pair.y, d) / pair.ys;
            Vectors.add(d, alpha[i++] - beta, pair.s);
        }
        return d;
    }
}
