package org.thalweg.api.optim;

import java.util.Arrays;
import org.thalweg.api.plugin.Stable;

/** A function of several numbers to be made small: the loss over a whole data set, or any other. */
@Stable
public interface Objective {
    /**
     * The value and the gradient at a point.
     *
     * @param x the point; must not be changed
     * @param gradient receives the derivative by each number of x
     * @return the value; not finite where the function is not defined
     */
    double evaluate(double[] x, double[] gradient);

    /**
     * The Hessian at a point times a vector. By default the central difference of two gradients, good to about eight digits.
     *
     * @param x the point; must not be changed
     * @param vector must not be changed
     * @param product receives the product
     */
    default void hessianTimes(double[] x, double[] vector, double[] product) {
        double length = 0;
        double size = 0;
        for (int i = 0; i < x.length; i++) {
            length = Math.hypot(length, vector[i]);
            size = Math.hypot(size, x[i]);
        }
        if (length == 0) {
            Arrays.fill(product, 0);
            return;
        }
        double h = Math.cbrt(Math.ulp(1.0)) * (1 + size) / length;
        double[] ahead = x.clone();
        double[] behind = x.clone();
        for (int i = 0; i < x.length; i++) {
            ahead[i] += h * vector[i];
            behind[i] -= h * vector[i];
        }
        double[] gradientBehind = new double[x.length];
        evaluate(ahead, product);
        evaluate(behind, gradientBehind);
        for (int i = 0; i < x.length; i++) {
            product[i] = (product[i] - gradientBehind[i]) / (2 * h);
        }
    }
}
