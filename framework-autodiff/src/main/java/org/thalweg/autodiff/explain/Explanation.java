package org.thalweg.autodiff.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.thalweg.autodiff.gradient.Gradients;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;
import org.thalweg.autodiff.graph.Op;
import org.thalweg.autodiff.reference.ReferenceEvaluator;

/**
 * A small graph at one point, with the value of every node and the derivative of the result by it. Where the result has several elements,
 * the derivatives are those of their sum.
 */
public final class Explanation {
    private final String title;
    private final String resultName;
    private final Expression output;
    private final Map<Expression, double[]> at;
    private final List<ExplainedNode> nodes;

    private Explanation(String title, String resultName, Expression output, Map<Expression, double[]> at, List<ExplainedNode> nodes) {
        this.title = title;
        this.resultName = resultName;
        this.output = output;
        this.at = at;
        this.nodes = nodes;
    }

    /**
     * Explains a graph.
     *
     * @param output the result
     * @param at a value for every leaf that it needs, row-major
     */
    public static Explanation of(Expression output, Map<Expression, double[]> at) {
        ReferenceEvaluator evaluator = new ReferenceEvaluator();
        at.forEach(evaluator::set);
        evaluator.value(output);
        List<Expression> shown = shown(output);
        Map<Expression, double[]> adjoints = new HashMap<>();
        double[] ones = new double[(int) output.shape().size()];
        Arrays.fill(ones, 1);
        adjoints.put(output, ones);
        Map<Expression, Map<Expression, double[]>> flows = new HashMap<>();
        for (Expression node : shown.reversed()) {
            // All that use a node come after it, so that its sum is complete here.
            Map<Expression, double[]> back = node.dtype().isFloating() ? back(node, evaluator, adjoint(node, adjoints)) : Map.of();
            back.forEach((input, flow) -> adjoints.merge(input, flow, Explanation::sum));
            flows.put(node, back);
        }
        String result = firstFree(shown, Stream.of("f", "y", "L", "result"), List.of(""));
        Map<Expression, String> names = names(shown, output, result);
        Map<Expression, Integer> positions = new HashMap<>();
        List<ExplainedNode> nodes = new ArrayList<>();
        for (Expression node : shown) {
            positions.put(node, nodes.size());
            Reading reading = Reading.of(node);
            List<ExplainedNode.Edge> edges = IntStream.range(0, reading.operands().size())
                    .mapToObj(i -> {
                        Expression from = reading.operands().get(i);
                        String role = reading.roles().isEmpty() ? "" : reading.roles().get(i);
                        return new ExplainedNode.Edge(positions.get(from), role, Optional.ofNullable(flows.get(node).get(from)));
                    })
                    .toList();
            Optional<double[]> gradient = node.dtype().isFloating() ? Optional.of(adjoint(node, adjoints)) : Optional.empty();
            nodes.add(new ExplainedNode(
                    node, names.get(node), reading.symbol(), reading.formula(node, names::get), edges, evaluator.value(node), gradient));
        }
        return new Explanation("", result, output, Map.copyOf(at), List.copyOf(nodes));
    }

    /** Explains a formula. */
    public static Explanation of(Formula formula, Map<String, Double> at) {
        Map<Expression, double[]> values = new HashMap<>();
        at.forEach((name, value) -> {
            Expression variable = formula.names().get(name);
            if (variable == null) {
                throw new IllegalArgumentException("the formula does not use '" + name + "'; it uses " + formula.names().keySet());
            }
            values.put(variable, new double[] {value});
        });
        return of(formula.output(), values).titled(formula.text());
    }

    /** The same with a title over its drawing, as the formula. */
    public Explanation titled(String text) {
        return new Explanation(text.strip(), resultName, output, at, nodes);
    }

    private static List<Expression> shown(Expression output) {
        Set<Expression> shown = new HashSet<>(Set.of(output));
        List<Expression> needed = Graph.reachable(List.of(output));
        for (Expression node : needed.reversed()) {
            if (shown.contains(node)) {
                shown.addAll(Reading.of(node).operands());
            }
        }
        return needed.stream().filter(shown::contains).toList();
    }

    private static double[] adjoint(Expression node, Map<Expression, double[]> adjoints) {
        return adjoints.getOrDefault(node, new double[(int) node.shape().size()]);
    }

    private static double[] sum(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] + b[i]).toArray();
    }

    /** What flows back from a node to its operands: the gradient rule of this one operation, in a graph of its own. */
    private static Map<Expression, double[]> back(Expression node, ReferenceEvaluator evaluator, double[] adjoint) {
        Graph local = new Graph();
        Map<Expression, Expression> leaves = new LinkedHashMap<>();
        Map<Expression, double[]> point = new HashMap<>();
        for (Expression input : node.inputs()) {
            leaves.computeIfAbsent(input, original -> {
                Expression leaf = local.variable("x", original.shape(), original.dtype());
                point.put(leaf, evaluator.value(original));
                return leaf;
            });
        }
        Expression upstream = local.variable("g", node.shape(), node.dtype());
        point.put(upstream, adjoint);
        Expression alone = local.rebuild(node, node.inputs().stream().map(leaves::get).toList());
        List<Expression> operands = Reading.of(node).operands().stream().filter(input -> input.dtype().isFloating()).toList();
        List<double[]> flows = ReferenceEvaluator.evaluate(Gradients.of(alone, upstream, operands.stream().map(leaves::get).toList()), point);
        Map<Expression, double[]> back = new HashMap<>();
        for (int i = 0; i < flows.size(); i++) {
            back.put(operands.get(i), flows.get(i));
        }
        return back;
    }

    /** Leaves keep their names; the result is f, what is between q, or q1, q2 ... in the order of computation. */
    private static Map<Expression, String> names(List<Expression> shown, Expression output, String result) {
        List<Expression> between = shown.stream().filter(node -> node != output && !isLeaf(node)).toList();
        List<String> numbers = between.size() == 1 ? List.of("") : IntStream.rangeClosed(1, between.size()).mapToObj(Integer::toString).toList();
        String letter = firstFree(shown, Stream.of("q", "u", "v", "s", "node"), numbers);
        Map<Expression, String> names = new HashMap<>();
        shown.forEach(node -> names.put(node, isLeaf(node) ? Reading.of(node).symbol() : result));
        for (int i = 0; i < between.size(); i++) {
            names.put(between.get(i), letter + numbers.get(i));
        }
        return names;
    }

    private static boolean isLeaf(Expression node) {
        return node.op() instanceof Op.Leaf || node.op() instanceof Op.Constant;
    }

    private static String firstFree(List<Expression> shown, Stream<String> candidates, List<String> endings) {
        Set<String> taken = shown.stream().filter(Explanation::isLeaf).map(node -> Reading.of(node).symbol()).collect(Collectors.toSet());
        List<String> all = candidates.toList();
        return all.stream().filter(name -> endings.stream().noneMatch(ending -> taken.contains(name + ending))).findFirst().orElse(all.getLast());
    }

    /** The title, or nothing. */
    public String title() {
        return title;
    }

    /** What the result is called: f, where no leaf has that name. */
    public String resultName() {
        return resultName;
    }

    /** The nodes, each after its inputs; the result is last. */
    public List<ExplainedNode> nodes() {
        return nodes;
    }

    /** The result. */
    public ExplainedNode result() {
        return nodes.getLast();
    }

    /** The named leaves, in the order in which they came into the graph. */
    public List<ExplainedNode> leaves() {
        return nodes.stream().filter(node -> node.expression().op() instanceof Op.Leaf).toList();
    }

    /** How many edges leave each node; its gradient is a sum where it is more than one. */
    int[] uses() {
        int[] uses = new int[nodes.size()];
        nodes.forEach(node -> node.inputs().forEach(edge -> uses[edge.from()]++));
        return uses;
    }

    /** The second derivatives by all pairs of elements of the floating-point leaves. */
    public Hessian hessian() {
        return Hessian.of(output, leaves(), at);
    }

    /** Where values or gradients stop being numbers, one sentence each: the first operation that does it. */
    public List<String> findings() {
        List<String> findings = new ArrayList<>();
        for (ExplainedNode node : nodes) {
            boolean sound = node.inputs().stream().allMatch(edge -> isFinite(nodes.get(edge.from()).value()));
            if (!node.isLeaf() && sound && !isFinite(node.value())) {
                findings.add(node.name() + " = " + node.formula() + " is " + kind(node.value()) + operandValues(node));
            }
        }
        for (ExplainedNode node : nodes.reversed()) {
            if (node.gradient().isPresent() && isFinite(node.gradient().get()) && isFinite(node.value())) {
                for (ExplainedNode.Edge edge : node.inputs()) {
                    ExplainedNode from = nodes.get(edge.from());
                    if (edge.gradient().isPresent() && !isFinite(edge.gradient().get()) && isFinite(from.value())) {
                        findings.add("the gradient of " + from.name() + " is " + kind(edge.gradient().get()) + " because of " + node.name() + " = "
                                + node.formula() + operandValues(node));
                    }
                }
            }
        }
        return findings;
    }

    private String operandValues(ExplainedNode node) {
        String operands = node.inputs().stream()
                .map(edge -> nodes.get(edge.from()))
                .map(from -> from.name() + " = " + from.valueText(TextDrawing.ELEMENTS))
                .collect(Collectors.joining(", "));
        return operands.isEmpty() ? "" : " at " + operands;
    }

    private static boolean isFinite(double[] numbers) {
        return Arrays.stream(numbers).allMatch(Double::isFinite);
    }

    private static String kind(double[] numbers) {
        return Arrays.stream(numbers).anyMatch(Double::isNaN) ? "not a number (NaN)" : "infinite";
    }

    /** The graph as a tree with the columns value and gradient, then the derivatives by the leaves. */
    public String text() {
        return TextDrawing.of(this);
    }

    /** The graph as an SVG image, complete in itself: values in green over the edges, gradients in red under them. */
    public String svg() {
        return SvgDrawing.of(this);
    }

    /** The graph in the language of Graphviz. */
    public String dot() {
        return DotDrawing.of(this);
    }
}
