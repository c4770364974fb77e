package org.thalweg.autodiff.explain;

import java.util.List;

/** The graph in the language of Graphviz, from left to right, with the colours of the SVG drawing. */
final class DotDrawing {
    private static final int ELEMENTS = 3;

    private DotDrawing() {}

    static String of(Explanation explanation) {
        List<ExplainedNode> nodes = explanation.nodes();
        StringBuilder dot = new StringBuilder("digraph explanation {\n");
        dot.append("  rankdir=LR;\n");
        if (!explanation.title().isEmpty()) {
            dot.append("  labelloc=t;\n  label=").append(quoted(explanation.resultName() + " = " + explanation.title())).append(";\n");
        }
        dot.append("  node [fontname=\"Helvetica\", color=\"").append(SvgDrawing.LINE).append("\"];\n");
        dot.append("  edge [fontname=\"Helvetica\", fontsize=11, color=\"").append(SvgDrawing.LINE).append("\"];\n");
        for (int i = 0; i < nodes.size(); i++) {
            ExplainedNode node = nodes.get(i);
            dot.append("  n").append(i).append(" [label=").append(quoted(node.symbol())).append(", shape=")
                    .append(node.isLeaf() ? "box, style=rounded" : "ellipse")
                    .append(", tooltip=").append(quoted(node.isLeaf() ? node.name() : node.name() + " = " + node.formula())).append("];\n");
        }
        dot.append("  result [label=").append(quoted(explanation.resultName())).append(", shape=plaintext];\n");
        for (int i = 0; i < nodes.size(); i++) {
            for (ExplainedNode.Edge edge : nodes.get(i).inputs()) {
                ExplainedNode from = nodes.get(edge.from());
                String gradient = edge.gradient().map(flow -> NumberText.of(from.expression().shape(), flow, ELEMENTS)).orElse("");
                edge(dot, edge.from(), "n" + i, from.valueText(ELEMENTS), gradient, edge.role());
            }
        }
        edge(dot, nodes.size() - 1, "result", explanation.result().valueText(ELEMENTS), explanation.result().gradientText(ELEMENTS), "");
        return dot.append("}\n").toString();
    }

    private static void edge(StringBuilder dot, int from, String to, String value, String gradient, String role) {
        dot.append("  n").append(from).append(" -> ").append(to)
                .append(" [label=<").append(font(SvgDrawing.VALUE, value))
                .append(gradient.isEmpty() ? "" : "<BR/>" + font(SvgDrawing.GRADIENT, gradient)).append('>')
                .append(role.isEmpty() ? "" : ", headlabel=" + quoted(role)).append("];\n");
    }

    private static String font(String colour, String text) {
        return "<FONT COLOR=\"" + colour + "\">" + SvgDrawing.escaped(text) + "</FONT>";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\s", " ") + '"';
    }
}
