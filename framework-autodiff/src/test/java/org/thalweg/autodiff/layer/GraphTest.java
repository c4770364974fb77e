package org.thalweg.autodiff.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.layer.Parallel.Combination;
import org.thalweg.autodiff.reference.ReferenceEvaluator;

/** Layers that take what they need by name. */
class GraphTest {
    @Test
    void a_node_takes_the_one_before_it_or_those_that_it_names() {
        // tanh(x), then its relu, then x * tanh(x) + relu(tanh(x)) by two joining nodes
        Graph graph = graph(Optional.empty(), Map.entry("bent", Node.of(new Tanh())), Map.entry("cut", Node.of(new Relu())),
                Map.entry("product", Node.joining(Combination.PRODUCT, 1, "input", "bent")),
                Map.entry("sum", Node.joining(Combination.SUM, 1, "product", "cut")));
        double t = Math.tanh(-0.5);
        assertEquals(-0.5 * t + 0, value(graph, -0.5), 1e-15);
        assertEquals(0.5 * Math.tanh(0.5) + Math.tanh(0.5), value(graph, 0.5), 1e-15);
    }

    @Test
    void a_later_layer_may_ask_for_a_node_by_name_and_another_node_may_be_the_output() {
        Graph graph = graph(Optional.of("again"), Map.entry("bent", Node.of(new Tanh())), Map.entry("again", Node.of(new Input("bent"), "input")));
        assertEquals(Math.tanh(2), value(graph, 2), 1e-15);
    }

    @Test
    void parameters_have_the_path_of_their_node() {
        TracedContext context = TracedContext.of(true);
        graph(Optional.empty(), Map.entry("head", Node.of(Dense.of(3)))).apply(context, context.graph().input("x", Shape.of(2, 4), DType.FLOAT64));
        assertEquals(List.of("head.layer.weight", "head.layer.bias"), List.copyOf(context.parameters().keySet()));
    }

    @Test
    void names_that_cannot_be_are_refused() {
        assertRefused("nodes must hold at least one node", Map.of(), Optional.empty());
        assertRefused("no node can be called 'input': that is what the graph is given", Map.of("input", Node.of(new Tanh())), Optional.empty());
        assertRefused("nodes.a takes 'b', which stands after it; a node takes what stands before it: here only 'input'",
                ordered(Map.entry("a", Node.of(new Tanh(), "b")), Map.entry("b", Node.of(new Tanh()))), Optional.empty());
        assertRefused("nodes.a takes 'a', which is itself; a node takes what stands before it: here only 'input'",
                Map.of("a", Node.of(new Tanh(), "a")), Optional.empty());
        assertRefused("nodes.a takes one thing twice: [input, input]; name each once", Map.of("a", Node.of(new Tanh(), "input", "input")), Optional.empty());
        assertRefused("output is 'c', but no node has that name; did you mean 'a'; available: a", Map.of("a", Node.of(new Tanh())), Optional.of("c"));
    }

    @Test
    void a_node_that_nothing_needs_is_refused() {
        Graph graph = graph(Optional.empty(), Map.entry("idle", Node.of(new Tanh())), Map.entry("out", Node.of(new Relu(), "input")));
        assertEquals("graph at '': the output does not depend on [idle]; let a later node take it, or leave it out",
                assertThrows(ShapeException.class, () -> value(graph, 1)).getMessage());
    }

    @Test
    void nodes_that_do_not_fit_together_are_named_with_the_path() {
        Graph graph = graph(Optional.empty(), Map.entry("wide", Node.of(Dense.of(3))),
                Map.entry("sum", Node.joining(Combination.SUM, 1, "input", "wide")));
        assertEquals("node at 'sum': [input, wide] do not fit together: [[1, 1], [1, 3]]",
                assertThrows(ShapeException.class, () -> value(graph, 1)).getMessage());
    }

    @Test
    void permute_orders_axes_and_refuses_what_is_no_order() {
        TracedContext context = TracedContext.of(false);
        Expression input = context.graph().input("x", Shape.of(2, 3, 4), DType.FLOAT64);
        assertEquals(Shape.of(2, 4, 3), new Permute(List.of(0, 2, 1)).apply(context, input).shape());
        assertEquals("permute at '': [1, 0] orders 2 axes, but the input is [2, 3, 4]",
                assertThrows(ShapeException.class, () -> new Permute(List.of(1, 0)).apply(context, input)).getMessage());
        assertEquals("axes must hold each of 0 to 1 once, but is [0, 2]",
                assertThrows(IllegalArgumentException.class, () -> new Permute(List.of(0, 2))).getMessage());
    }

    private static double value(Graph graph, double x) {
        TracedContext context = TracedContext.of(false);
        Expression input = context.graph().input("x", Shape.of(1, 1), DType.FLOAT64);
        Expression output = (Expression) graph.apply(context, input);
        ReferenceEvaluator evaluator = new ReferenceEvaluator(1, 0);
        evaluator.set(input, new double[] {x});
        return evaluator.value(output)[0];
    }

    private static void assertRefused(String sentence, Map<String, Node> nodes, Optional<String> output) {
        assertEquals(sentence, assertThrows(IllegalArgumentException.class, () -> new Graph(nodes, output)).getMessage());
    }

    @SafeVarargs
    private static Graph graph(Optional<String> output, Map.Entry<String, Node>... nodes) {
        return new Graph(ordered(nodes), output);
    }

    @SafeVarargs
    private static Map<String, Node> ordered(Map.Entry<String, Node>... nodes) {
        Map<String, Node> ordered = new LinkedHashMap<>();
        for (Map.Entry<String, Node> node : nodes) {
            ordered.put(node.getKey(), node.getValue());
        }
        return ordered;
    }
}
