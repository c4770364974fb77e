package org.thalweg.autodiff.gradient;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.reference.ReferenceEvaluator;

/** Compares a derivative with central differences in double precision. */
public final class GradientCheck {
    private static final double STEP = 1e-5;

    /** Errors above this are looked at more closely: they may come from a kink near by. */
    private static final double SUSPICIOUS = 1e-7;
    private static final int FINER = 100;
    /** Slopes on two sides that differ by this much over a hundredth of the step are a kink: a second derivative would have to be 1,000. */
    private static final double KINK = 1e-4;

    private GradientCheck() {}

    /**
     * How the gradient of one leaf compares with differences.
     *
     * @param error the largest, relative to the larger of 1 and the gradient, but for the elements at kinks; NaN where a number is
     * @param element where it is
     * @param gradient there
     * @param difference there
     * @param kinks elements where the slopes on both sides differ and the gradient lies between them
     */
    public record Comparison(double error, int element, double gradient, double difference, List<Integer> kinks) {}

    /**
     * Compares the gradient of each element of one leaf with central differences. Where a kink lies within the step, a smaller step is taken.
     *
     * @param scalar f, of size 1
     * @param point values of every leaf that f needs
     * @param leaf of a floating-point type
     */
    public static Comparison compare(Expression scalar, Map<Expression, double[]> point, Expression leaf) {
        double[] gradient = ReferenceEvaluator.evaluate(Gradients.of(scalar, List.of(leaf)).getFirst(), point);
        List<Integer> kinks = new ArrayList<>();
        Comparison worst = new Comparison(0, 0, gradient.length == 0 ? 0 : gradient[0], 0, kinks);
        for (int k = 0; k < gradient.length; k++) {
            double h = step(point, leaf, k);
            double[] differences = {central(scalar, point, leaf, k, h), Double.NaN};
            double error = error(gradient[k], differences[0]);
            if (error > SUSPICIOUS) {
                double here = at(scalar, point, leaf, k, 0);
                double right = (at(scalar, point, leaf, k, h / FINER) - here) / (h / FINER);
                double left = (here - at(scalar, point, leaf, k, -h / FINER)) / (h / FINER);
                boolean kink = Math.abs(right - left) > KINK * Math.max(1, Math.abs(right));
                double slack = KINK * Math.max(1, Math.abs(gradient[k]));
                if (kink && gradient[k] >= Math.min(left, right) - slack && gradient[k] <= Math.max(left, right) + slack) {
                    kinks.add(k);
                    continue;
                }
                differences[1] = (left + right) / 2;
            }
            double finer = error(gradient[k], differences[1]);
            double difference = finer < error ? differences[1] : differences[0];
            error = finer < error ? finer : error;
            if (k == 0 || error > worst.error() || Double.isNaN(error)) {
                worst = new Comparison(error, k, gradient[k], difference, kinks);
                if (Double.isNaN(error)) {
                    break;
                }
            }
        }
        return worst;
    }

    private static double error(double exact, double difference) {
        return Math.abs(exact - difference) / Math.max(1, Math.abs(exact));
    }

    /**
     * The largest difference between the gradient and (f(x + h) - f(x - h)) / 2h over all elements of all inputs, relative to the larger
     * of 1 and the gradient.
     *
     * @param scalar f, of size 1
     * @param point values of every leaf that f needs; integers and masks are not moved
     */
    public static double largestError(Expression scalar, Map<Expression, double[]> point) {
        List<Expression> moved = point.keySet().stream().filter(x -> x.dtype().isFloating()).toList();
        List<double[]> gradients = ReferenceEvaluator.evaluate(Gradients.of(scalar, moved), point);
        double worst = 0;
        for (int i = 0; i < moved.size(); i++) {
            for (int k = 0; k < gradients.get(i).length; k++) {
                double exact = gradients.get(i)[k];
                double error = error(exact, central(scalar, point, moved.get(i), k, step(point, moved.get(i), k)));
                worst = error >= worst || Double.isNaN(error) ? error : worst;
            }
        }
        return worst;
    }

    private static double step(Map<Expression, double[]> point, Expression moved, int element) {
        return STEP * Math.max(1, Math.abs(point.get(moved)[element]));
    }

    private static double central(Expression scalar, Map<Expression, double[]> point, Expression moved, int element, double h) {
        return (at(scalar, point, moved, element, h) - at(scalar, point, moved, element, -h)) / (2 * h);
    }

    private static double at(Expression scalar, Map<Expression, double[]> point, Expression moved, int element, double h) {
        Map<Expression, double[]> shifted = new HashMap<>(point);
        double[] values = point.get(moved).clone();
        values[element] += h;
        shifted.put(moved, values);
        return ReferenceEvaluator.evaluate(scalar, shifted)[0];
    }
}
