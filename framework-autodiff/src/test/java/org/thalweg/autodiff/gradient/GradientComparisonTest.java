package org.thalweg.autodiff.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;

/** The comparison of a gradient with differences, at smooth places and at others. */
class GradientComparisonTest {
    private static GradientCheck.Comparison compare(UnaryOperator<Tensor> formula, double... at) {
        Graph graph = new Graph();
        Expression x = graph.variable("x", Shape.of(at.length), DType.FLOAT64);
        return GradientCheck.compare((Expression) formula.apply(x).sum(), Map.of(x, at), x);
    }

    @Test
    void a_smooth_function_agrees() {
        GradientCheck.Comparison found = compare(x -> x.sin().mul(x.exp()), 0.3, -1, 2);
        assertTrue(found.error() < 1e-8, found.toString());
        assertEquals(List.of(), found.kinks());
    }

    @Test
    void a_wrong_gradient_is_found_with_its_place() {
        GradientCheck.Comparison found = compare(x -> x.mul(x.stopGradient()), 0, 3, 1);
        assertEquals(1, found.element());
        assertEquals(3, found.gradient());
        assertEquals(6, found.difference(), 1e-8);
        assertEquals(1, found.error(), 1e-8);
    }

    @Test
    void at_a_kink_there_is_nothing_to_compare_with() {
        GradientCheck.Comparison found = compare(Tensor::relu, 0, 1, 0, -1);
        assertEquals(List.of(0, 2), found.kinks());
        assertTrue(found.error() < 1e-8, found.toString());
    }

    @Test
    void a_gradient_beside_both_slopes_of_a_kink_is_wrong() {
        GradientCheck.Comparison found = compare(x -> x.relu().add(x.mul(2)).sub(x.stopGradient().mul(2)), 0);
        assertEquals(List.of(), found.kinks());
        assertTrue(found.error() > 0.5, found.toString());
    }

    @Test
    void a_kink_within_the_step_is_passed_with_a_smaller_step() {
        GradientCheck.Comparison found = compare(Tensor::abs, 2e-6, -3e-6);
        assertEquals(List.of(), found.kinks());
        assertTrue(found.error() < 1e-8, found.toString());
    }

    @Test
    void what_is_no_number_is_an_error() {
        assertTrue(Double.isNaN(compare(Tensor::log, 1, -1).error()));
        assertTrue(Double.isNaN(compare(x -> x.mul(Double.NaN), 1).gradient()));
    }
}
