package org.thalweg.autodiff.explain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The graph as a tree from the result down, a node a line, with its value and gradient beside it. */
final class TextDrawing {
    static final int ELEMENTS = 4;
    /** Past this depth the branches would push the numbers off the screen. */
    private static final int DEEPEST = 24;

    private record Line(String tree, String value, String gradient, String note) {}

    private record Branch(int node, String connector, String below, int depth) {}

    private final Explanation explanation;
    private final List<ExplainedNode> nodes;
    private final List<Line> lines = new ArrayList<>();
    /** For each node that several others use, what flows back to it from them. */
    private final Map<Integer, List<String>> flows = new TreeMap<>();

    private TextDrawing(Explanation explanation) {
        this.explanation = explanation;
        this.nodes = explanation.nodes();
    }

    static String of(Explanation explanation) {
        TextDrawing drawing = new TextDrawing(explanation);
        drawing.collectFlows();
        drawing.grow();
        return drawing.table() + drawing.derivatives();
    }

    private void collectFlows() {
        int[] uses = explanation.uses();
        for (ExplainedNode node : nodes.reversed()) {
            for (ExplainedNode.Edge edge : node.inputs()) {
                ExplainedNode from = nodes.get(edge.from());
                if (uses[edge.from()] > 1 && from.expression().shape().rank() == 0 && edge.gradient().isPresent()) {
                    flows.computeIfAbsent(edge.from(), key -> new ArrayList<>()).add(NumberText.of(edge.gradient().get()[0]));
                }
            }
        }
    }

    private void grow() {
        boolean[] drawn = new boolean[nodes.size()];
        Deque<Branch> waiting = new ArrayDeque<>(List.of(new Branch(nodes.size() - 1, "", "", 0)));
        while (!waiting.isEmpty()) {
            Branch branch = waiting.pop();
            ExplainedNode node = nodes.get(branch.node());
            boolean again = drawn[branch.node()];
            drawn[branch.node()] = true;
            String says = node.isLeaf() || again ? node.name() : node.name() + " = " + node.formula();
            lines.add(new Line(branch.connector() + says, node.valueText(ELEMENTS), node.gradientText(ELEMENTS),
                    again ? "as above" : note(branch.node())));
            List<ExplainedNode.Edge> inputs = again ? List.of() : node.inputs();
            for (int i = inputs.size() - 1; i >= 0; i--) {
                boolean last = i == inputs.size() - 1;
                boolean flat = branch.depth() >= DEEPEST;
                waiting.push(new Branch(inputs.get(i).from(), branch.below() + (flat ? "" : last ? "└─ " : "├─ "),
                        branch.below() + (flat ? "" : last ? "   " : "│  "), branch.depth() + 1));
            }
        }
    }

    private String note(int node) {
        List<String> parts = flows.getOrDefault(node, List.of());
        return parts.size() < 2 ? "" : "= " + String.join(" + ", parts).replace("+ -", "- ");
    }

    private String table() {
        int tree = lines.stream().mapToInt(line -> line.tree().length()).max().orElse(0);
        int value = width("value", lines.stream().map(Line::value).toList());
        int gradient = width("gradient", lines.stream().map(Line::gradient).toList());
        StringBuilder text = new StringBuilder();
        line(text, tree, value, gradient, new Line("", "value", "gradient", ""));
        lines.forEach(line -> line(text, tree, value, gradient, line));
        return text.toString();
    }

    private static int width(String head, List<String> texts) {
        return Math.max(head.length(), texts.stream().mapToInt(String::length).max().orElse(0));
    }

    private static void line(StringBuilder text, int tree, int value, int gradient, Line line) {
        String row = line.tree() + " ".repeat(tree - line.tree().length() + 3 + value - line.value().length()) + line.value()
                + " ".repeat(3 + gradient - line.gradient().length()) + line.gradient() + "  " + line.note();
        text.append(row.stripTrailing()).append('\n');
    }

    private String derivatives() {
        List<ExplainedNode> leaves = explanation.leaves().stream().filter(leaf -> leaf.gradient().isPresent()).toList();
        if (leaves.isEmpty()) {
            return "";
        }
        int width = leaves.stream().mapToInt(leaf -> leaf.name().length()).max().orElse(0);
        boolean sum = explanation.result().value().length != 1;
        String of = sum ? "d sum(" + explanation.resultName() + ")/d" : "d" + explanation.resultName() + "/d";
        return leaves.stream()
                .map(leaf -> of + leaf.name() + " ".repeat(width - leaf.name().length()) + " = " + leaf.gradientText(ELEMENTS) + "\n")
                .collect(Collectors.joining("", "\n", ""));
    }
}
