package org.thalweg.autodiff.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;

/** Graphs with values and gradients, by the numbers of the textbooks. */
class ExplanationTest {
    private static final Map<String, Double> NEURON = Map.of("w0", 2.0, "x0", -1.0, "w1", -3.0, "x1", -2.0, "w2", -3.0);

    private static ExplainedNode node(Explanation explanation, String name) {
        return explanation.nodes().stream().filter(node -> node.name().equals(name)).findFirst().orElseThrow();
    }

    private static double gradient(Explanation explanation, String name) {
        return node(explanation, name).gradient().orElseThrow()[0];
    }

    @Test
    void sum_times_number() {
        Explanation explanation = Explanation.of(Formula.parse("(x+y)*z"), Map.of("x", -2.0, "y", 5.0, "z", -4.0));

        assertEquals("""
                               value   gradient
                f = q * z        -12          1
                ├─ q = x + y       3         -4
                │  ├─ x           -2         -4
                │  └─ y            5         -4
                └─ z              -4          3

                df/dx = -4
                df/dy = -4
                df/dz = 3
                """, explanation.text());
        assertEquals(List.of(), explanation.findings());
    }

    @Test
    void sigmoid_neuron() {
        Explanation explanation = Explanation.of(Formula.parse("1/(1+exp(-(w0*x0+w1*x1+w2)))"), NEURON);

        assertEquals("""
                                                  value   gradient
                f = 1 / q7                       0.7311          1
                └─ q7 = 1 + q6                   1.3679    -0.5344
                   └─ q6 = exp(q5)               0.3679    -0.5344
                      └─ q5 = -q4                    -1    -0.1966
                         └─ q4 = q3 + w2              1     0.1966
                            ├─ q3 = q1 + q2           4     0.1966
                            │  ├─ q1 = w0 * x0       -2     0.1966
                            │  │  ├─ w0               2    -0.1966
                            │  │  └─ x0              -1     0.3932
                            │  └─ q2 = w1 * x1        6     0.1966
                            │     ├─ w1              -3    -0.3932
                            │     └─ x1              -2    -0.5898
                            └─ w2                    -3     0.1966

                df/dw0 = -0.1966
                df/dx0 = 0.3932
                df/dw1 = -0.3932
                df/dx1 = -0.5898
                df/dw2 = 0.1966
                """, explanation.text());
    }

    @Test
    void the_example_with_max() {
        Explanation explanation = Explanation.of(
                Formula.parse("2*(x*y+max(z,w))"), Map.of("x", 3.0, "y", -4.0, "z", 2.0, "w", -1.0));

        assertEquals(-20, explanation.result().value()[0]);
        assertEquals(-8, gradient(explanation, "x"));
        assertEquals(6, gradient(explanation, "y"));
        assertEquals(2, gradient(explanation, "z"));
        assertEquals(0, gradient(explanation, "w"));
    }

    @Test
    void the_gradient_of_a_fork_is_the_sum_of_what_flows_back() {
        Explanation explanation = Explanation.of(Formula.parse("x*y+x"), Map.of("x", 2.0, "y", 3.0));

        assertTrue(explanation.text().contains("4  = 1 + 3\n"), explanation.text());
        assertTrue(explanation.text().contains("4  as above\n"), explanation.text());
        int x = explanation.nodes().indexOf(node(explanation, "x"));
        double[] flows = explanation.nodes().stream()
                .flatMap(node -> node.inputs().stream())
                .filter(edge -> edge.from() == x)
                .mapToDouble(edge -> edge.gradient().orElseThrow()[0])
                .sorted()
                .toArray();
        assertArrayEquals(new double[] {1, 3}, flows);
    }

    @Test
    void operations_are_read_as_people_write_them() {
        Explanation explanation = Explanation.of(Formula.parse("relu(x)^2 + 1/y - (z-1)"), Map.of("x", 3.0, "y", 2.0, "z", 5.0));

        List<String> symbols = explanation.nodes().stream().map(ExplainedNode::symbol).toList();
        assertTrue(symbols.containsAll(List.of("relu", "x²", "1/x", "−1", "a−b")), symbols.toString());
        assertEquals(9 + 0.5 - 4, explanation.result().value()[0]);
        assertEquals(6, gradient(explanation, "x"));
    }

    @Test
    void derivatives_are_formulas_too() {
        Explanation explanation = Explanation.of(Formula.parse("d/dx (x^3)"), Map.of("x", 2.0));

        assertEquals(12, explanation.result().value()[0]);
        assertEquals(12, gradient(explanation, "x"));
    }

    @Test
    void names_that_the_formula_uses_are_not_given_to_other_nodes() {
        Explanation explanation = Explanation.of(Formula.parse("(f+q1)*2-f*q"), Map.of("f", 1.0, "q1", 2.0, "q", 3.0));

        List<String> names = explanation.nodes().stream().map(ExplainedNode::name).toList();
        assertEquals(names.size(), names.stream().distinct().count(), names.toString());
        assertEquals("y", explanation.resultName());
        assertTrue(names.contains("u1"), names.toString());
    }

    @Test
    void a_domain_error_is_traced_to_its_operation() {
        Explanation explanation = Explanation.of(Formula.parse("2*log(x)+y"), Map.of("x", -1.0, "y", 1.0));

        assertTrue(Double.isNaN(explanation.result().value()[0]));
        assertEquals(List.of("q1 = log(x) is not a number (NaN) at x = -1"), explanation.findings());
        assertEquals(
                List.of("the gradient of x is infinite because of f = sqrt(x) at x = 0"),
                Explanation.of(Formula.parse("sqrt(x)"), Map.of("x", 0.0)).findings());
        assertEquals(List.of("q = 1 / x is infinite at x = 0"), Explanation.of(Formula.parse("1/x+1"), Map.of("x", 0.0)).findings());
    }

    @Test
    void second_derivatives_are_symmetric_and_right() {
        Hessian hessian = Explanation.of(Formula.parse("x^2*y+sin(y)"), Map.of("x", 3.0, "y", 0.5)).hessian();

        assertEquals(List.of("x", "y"), hessian.names());
        assertArrayEquals(new double[] {1, 6}, hessian.values()[0], 1e-12);
        assertArrayEquals(new double[] {6, -Math.sin(0.5)}, hessian.values()[1], 1e-12);
        assertEquals("""
                   x        y
                x  1        6
                y  6  -0.4794
                """, hessian.text());
    }

    @Test
    void tensors_show_their_shape_and_first_elements() {
        Graph graph = new Graph();
        Expression x = graph.variable("x", Shape.of(2, 3), DType.FLOAT64);
        Expression w = graph.variable("w", Shape.of(3, 1), DType.FLOAT64);
        Expression y = (Expression) x.matmul(w).sigmoid().sum();
        Explanation explanation = Explanation.of(y, Map.of(x, new double[] {1, 2, 3, 4, 5, 6}, w, new double[] {1, 0, -1}));

        assertTrue(explanation.text().contains("[2, 3] 1, 2, 3, 4, ..."), explanation.text());
        assertTrue(explanation.text().contains("matmul(x, w)"), explanation.text());
        double slope = 1 / (1 + Math.exp(2)) * (1 - 1 / (1 + Math.exp(2)));
        assertArrayEquals(new double[] {5 * slope, 7 * slope, 9 * slope}, node(explanation, "w").gradient().orElseThrow(), 1e-12);
        assertEquals(9, explanation.hessian().names().size());
        assertTrue(explanation.svg().contains("[2, 3] 1, 2, 3, ..."));
    }

    @Test
    void a_result_of_several_elements_is_summed() {
        Graph graph = new Graph();
        Expression x = graph.variable("x", Shape.of(3), DType.FLOAT64);
        Explanation explanation = Explanation.of((Expression) x.square(), Map.of(x, new double[] {1, 2, 3}));

        assertArrayEquals(new double[] {2, 4, 6}, node(explanation, "x").gradient().orElseThrow());
        assertTrue(explanation.text().contains("d sum(f)/dx = [3] 2, 4, 6"), explanation.text());
    }

    @Test
    void integers_and_masks_have_no_gradient() {
        Graph graph = new Graph();
        Expression x = graph.variable("x", Shape.of(2), DType.FLOAT64);
        Expression rows = graph.input("rows", Shape.of(2), DType.INT32);
        Expression y = (Expression) x.gather(rows).sum();
        Explanation explanation = Explanation.of(y, Map.of(x, new double[] {1, 2}, rows, new double[] {1, 1}));

        assertTrue(node(explanation, "rows").gradient().isEmpty());
        assertArrayEquals(new double[] {0, 2}, node(explanation, "x").gradient().orElseThrow());
    }

    @Test
    void a_constant_and_a_single_name_are_formulas() {
        assertEquals("    value   gradient\n6       6          1\n", Explanation.of(Formula.parse("2*3"), Map.of()).text());
        assertEquals(1, gradient(Explanation.of(Formula.parse("x"), Map.of("x", 3.0)), "x"));
    }

    @Test
    void names_must_fit_the_formula() {
        Formula formula = Formula.parse("x+y");
        assertThrows(IllegalArgumentException.class, () -> Explanation.of(formula, Map.of("x", 1.0)));
        assertThrows(IllegalArgumentException.class, () -> Explanation.of(formula, Map.of("x", 1.0, "y", 1.0, "z", 1.0)));
    }

    @ParameterizedTest
    @MethodSource("org.thalweg.autodiff.explain.Formula#functions")
    void every_function_has_a_drawing_and_the_gradient_of_its_slope(String usage) {
        boolean one = usage.endsWith("(x)");
        Formula formula = Formula.parse(one ? usage : usage.replace("(a, b)", "(x, y)"));
        Map<String, Double> at = one ? Map.of("x", 0.3) : Map.of("x", 0.3, "y", 0.7);
        Explanation explanation = Explanation.of(formula, at);
        double h = 1e-6;
        double[] around = Arrays.stream(new double[] {0.3 - h, 0.3 + h})
                .map(x -> Explanation.of(formula, one ? Map.of("x", x) : Map.of("x", x, "y", 0.7)).result().value()[0])
                .toArray();

        assertEquals((around[1] - around[0]) / (2 * h), gradient(explanation, "x"), 1e-8, usage);
        assertTrue(explanation.svg().endsWith("</svg>\n"));
    }

    @Test
    void the_graph_of_the_caller_stays_as_it_is() {
        Formula formula = Formula.parse("sin(x)*exp(x)");
        int before = formula.output().graph().size();
        Explanation.of(formula, Map.of("x", 1.0)).svg();
        assertEquals(before, formula.output().graph().size());
    }
}
