package org.thalweg.autodiff.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.thalweg.autodiff.explain.LayeredLayout.Rectangle;
import org.thalweg.autodiff.explain.LayeredLayout.Size;

/** The graph as an image: inputs at the left, the result at the right, on each line the value in green above and the gradient in red below. */
final class SvgDrawing {
    static final String VALUE = "#1a7f37";
    static final String GRADIENT = "#cf222e";
    static final String LINE = "#57606a";

    private static final int ELEMENTS = 3;
    private static final double DIAMETER = 42;
    private static final double SYMBOL_SIZE = 17;
    private static final double NUMBER_SIZE = 14;
    private static final double FLOW_SIZE = 11;
    /** The mean width of a character, in units of the font's size. */
    private static final double CHARACTER = 0.58;
    private static final double MARGIN = 28;
    private static final double HEAD = 58;
    private static final double STUB_PADDING = 8;
    private static final double RESULT_ARROW = 26;
    /** How far from the middle of a circle lines may end. */
    private static final double MOST_SPREAD = 13;

    private static final String STYLE = """
            <style>
              text { font-family: "Segoe UI", "Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif; text-anchor: middle; }
              .symbol { font-size: 17px; fill: #1f2328; dominant-baseline: central; }
              .leaf { font-style: italic; }
              .value { font-size: 14px; fill: %s; }
              .gradient { font-size: 14px; fill: %s; }
              .flow { font-size: 11px; fill: %s; paint-order: stroke; stroke: #ffffff; stroke-width: 4px; stroke-linejoin: round; }
              .role { font-size: 11px; fill: %s; font-style: italic; paint-order: stroke; stroke: #ffffff; stroke-width: 3px; }
              .title { font-size: 19px; fill: #1f2328; text-anchor: start; }
              .legend { font-size: 13px; text-anchor: start; }
              .line { fill: none; stroke: %s; stroke-width: 1.6; }
              .operation { fill: #ffffff; stroke: #1f2328; stroke-width: 1.6; }
              .given { fill: #eef2f6; stroke: #b6c0ca; stroke-width: 1.2; }
              .result { stroke-width: 2.6; }
            </style>
            """.formatted(VALUE, GRADIENT, GRADIENT, LINE, LINE);

    private final Explanation explanation;
    private final List<ExplainedNode> nodes;
    private final int[] uses;
    private final LayeredLayout layout;
    private final StringBuilder svg = new StringBuilder();

    private SvgDrawing(Explanation explanation) {
        this.explanation = explanation;
        this.nodes = explanation.nodes();
        this.uses = explanation.uses();
        this.layout = layout(explanation);
    }

    static String of(Explanation explanation) {
        return new SvgDrawing(explanation).draw();
    }

    /** The boxes: each holds a node and, right of it, the line with its two numbers. */
    static LayeredLayout layout(Explanation explanation) {
        List<ExplainedNode> nodes = explanation.nodes();
        List<Size> sizes = nodes.stream().map(node -> new Size(bodyWidth(node) + stub(node), DIAMETER)).toList();
        int[] uses = explanation.uses();
        List<LayeredLayout.Edge> edges = new ArrayList<>();
        for (int to = 0; to < nodes.size(); to++) {
            for (ExplainedNode.Edge edge : nodes.get(to).inputs()) {
                edges.add(edge(nodes, uses, edge, to));
            }
        }
        return new LayeredLayout(sizes, edges);
    }

    private static LayeredLayout.Edge edge(List<ExplainedNode> nodes, int[] uses, ExplainedNode.Edge edge, int to) {
        return new LayeredLayout.Edge(edge.from(), to, uses[edge.from()] > 1 ? width(flow(nodes, edge), FLOW_SIZE) + 26 : 0);
    }

    /** What flows back along an edge, where that is not the whole gradient. */
    private static String flow(List<ExplainedNode> nodes, ExplainedNode.Edge edge) {
        return edge.gradient().map(flow -> NumberText.of(nodes.get(edge.from()).expression().shape(), flow, 1)).orElse("");
    }

    private static double bodyWidth(ExplainedNode node) {
        return Math.max(DIAMETER, width(node.symbol(), SYMBOL_SIZE) + 20);
    }

    private static double stub(ExplainedNode node) {
        double text = Math.max(width(node.valueText(ELEMENTS), NUMBER_SIZE), width(node.gradientText(ELEMENTS), NUMBER_SIZE));
        return Math.max(24, text + 2 * STUB_PADDING);
    }

    private static double width(String text, double size) {
        return text.length() * size * CHARACTER;
    }

    private String draw() {
        String title = explanation.resultName() + " = " + (explanation.title().isEmpty() ? explanation.result().formula() : explanation.title());
        String legend = "value";
        String slope = "gradient of " + explanation.resultName();
        double width = Math.max(layout.width() + RESULT_ARROW + width(explanation.resultName(), SYMBOL_SIZE) + 8, width(title, 19)) + 2 * MARGIN;
        double height = layout.height() + 2 * MARGIN + HEAD;
        svg.append(format("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\" role=\"img\">\n",
                Math.ceil(width), Math.ceil(height), Math.ceil(width), Math.ceil(height)));
        svg.append("<title>").append(escaped(title)).append("</title>\n").append(STYLE);
        svg.append("<defs><marker id=\"arrow\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\">"
                + "<path d=\"M0 1 L10 5 L0 9 z\" fill=\"" + LINE + "\"/></marker></defs>\n");
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        text("title", MARGIN, MARGIN + 14, title);
        svg.append(format("<text class=\"legend\" x=\"%.1f\" y=\"%.1f\"><tspan fill=\"%s\">%s</tspan><tspan fill=\"%s\">  ·  </tspan>"
                + "<tspan fill=\"%s\">%s</tspan></text>\n", MARGIN, MARGIN + 37, VALUE, legend, LINE, GRADIENT, escaped(slope)));
        svg.append(format("<g transform=\"translate(%.1f %.1f)\">\n", MARGIN, MARGIN + HEAD));
        drawEdges();
        for (int i = 0; i < nodes.size(); i++) {
            drawNode(i);
        }
        return svg.append("</g>\n</svg>\n").toString();
    }

    private void drawEdges() {
        for (int to = 0; to < nodes.size(); to++) {
            int target = to;
            List<ExplainedNode.Edge> inputs = nodes.get(to).inputs();
            // The lines end below one another as they come, so that none crosses another at its end.
            List<ExplainedNode.Edge> fromTop = inputs.stream().sorted(Comparator.comparingDouble(edge -> lastHeight(edge, target))).toList();
            for (int i = 0; i < fromTop.size(); i++) {
                double spread = fromTop.size() == 1 ? 0 : MOST_SPREAD * (2.0 * i / (fromTop.size() - 1) - 1);
                drawEdge(fromTop.get(i), to, spread);
            }
        }
        Rectangle result = layout.box(nodes.size() - 1);
        double start = result.x() + bodyWidth(explanation.result());
        double end = layout.columnEnd(nodes.size() - 1) + RESULT_ARROW;
        line(format("M%.1f %.1f H%.1f", start, result.middle(), end));
        text("symbol leaf", end + 4 + width(explanation.resultName(), SYMBOL_SIZE) / 2, result.middle(), explanation.resultName());
    }

    private List<Rectangle> passes(ExplainedNode.Edge edge, int to) {
        return layout.passes(edge(nodes, uses, edge, to));
    }

    /** The height at which an edge comes to the column of its end. */
    private double lastHeight(ExplainedNode.Edge edge, int to) {
        List<Rectangle> passes = passes(edge, to);
        return passes.isEmpty() ? layout.box(edge.from()).middle() : passes.getLast().y();
    }

    private void drawEdge(ExplainedNode.Edge edge, int to, double spread) {
        Rectangle from = layout.box(edge.from());
        Rectangle target = layout.box(to);
        double x = layout.columnEnd(edge.from());
        double y = from.middle();
        StringBuilder path = new StringBuilder(format("M%.1f %.1f H%.1f", from.x() + bodyWidth(nodes.get(edge.from())), y, x));
        for (Rectangle pass : passes(edge, to)) {
            path.append(curve(x, y, pass.x(), pass.y())).append(format(" H%.1f", pass.right()));
            x = pass.right();
            y = pass.y();
        }
        double room = layout.room(to);
        double radius = DIAMETER / 2;
        double endX = target.x() + radius - Math.sqrt(radius * radius - spread * spread);
        double endY = target.middle() + spread;
        line(path.append(curve(x, y, target.x() - room, endY)).append(format(" H%.1f", endX)).toString());
        double beside = endY + (spread < 0 ? -4 : 13);
        if (!edge.role().isEmpty()) {
            text("role", target.x() - 8, beside, edge.role());
        }
        if (uses[edge.from()] > 1) {
            text("flow", target.x() - 12 - (room - 12) / 2, beside, flow(nodes, edge));
        }
    }

    private void line(String path) {
        svg.append("<path class=\"line\" marker-end=\"url(#arrow)\" d=\"").append(path).append("\"/>\n");
    }

    private static String curve(double x1, double y1, double x2, double y2) {
        double bend = (x2 - x1) * 0.5;
        return format(" C%.1f %.1f %.1f %.1f %.1f %.1f", x1 + bend, y1, x2 - bend, y2, x2, y2);
    }

    private void drawNode(int i) {
        ExplainedNode node = nodes.get(i);
        Rectangle box = layout.box(i);
        double body = bodyWidth(node);
        double radius = node.isLeaf() ? 9 : DIAMETER / 2;
        double inset = node.isLeaf() ? 6 : 0;
        String kind = node.isLeaf() ? "given" : i == nodes.size() - 1 ? "operation result" : "operation";
        String tip = node.isLeaf() ? node.name() : node.name() + " = " + node.formula();
        svg.append("<g><title>").append(escaped(tip)).append("</title>\n");
        svg.append(format("<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"%.1f\"/>\n",
                kind, box.x(), box.y() + inset, body, box.height() - 2 * inset, radius));
        text(node.isLeaf() ? "symbol leaf" : "symbol", box.x() + body / 2, box.middle(), node.symbol());
        double x = box.x() + body + stub(node) / 2;
        text("value", x, box.middle() - 6, node.valueText(ELEMENTS));
        text("gradient", x, box.middle() + 17, node.gradientText(ELEMENTS));
        svg.append("</g>\n");
    }

    private void text(String kind, double x, double y, String text) {
        svg.append(format("<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">", kind, x, y)).append(escaped(text.replace("-", "−"))).append("</text>\n");
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
