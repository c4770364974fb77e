package org.thalweg.autodiff.gradient;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.reference.ReferenceEvaluator;

/** Compares a derivative with central differences in double precision. */
public final class GradientCheck {
    private static final double STEP = 1e-5;

    private GradientCheck() {}

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
                double error = Math.abs(exact - difference(scalar, point, moved.get(i), k)) / Math.max(1, Math.abs(exact));
                worst = error >= worst || Double.isNaN(error) ? error : worst;
            }
        }
        return worst;
    }

    private static double difference(Expression scalar, Map<Expression, double[]> point, Expression moved, int element) {
        double h = STEP * Math.max(1, Math.abs(point.get(moved)[element]));
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
