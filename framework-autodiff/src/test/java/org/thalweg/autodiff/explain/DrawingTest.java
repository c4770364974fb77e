package org.thalweg.autodiff.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.autodiff.explain.LayeredLayout.Edge;
import org.thalweg.autodiff.explain.LayeredLayout.Rectangle;
import org.thalweg.autodiff.explain.LayeredLayout.Size;

/** Drawings are valid and nothing in them lies on anything else. */
class DrawingTest {
    private static final double NARROWEST = 5;

    static List<String> formulas() {
        return List.of(
                "(x+y)*z",
                "1/(1+exp(-(w0*x0+w1*x1+w2)))",
                "sin(x*y+z)*exp(-x^2/2)+sqrt(a^2+b^2)*relu(x-y)/(1+abs(tanh(z*b/9)))",
                "d/dx (x^3*d/dx (sin(x)))",
                "x",
                "3",
                "x*y*z*w*x*y*z*w",
                "((((x+1)*y+1)*x+1)*y+1)*x");
    }

    private static Explanation explanation(String text) {
        Formula formula = Formula.parse(text);
        Map<String, Double> at = new HashMap<>();
        formula.names().keySet().forEach(name -> at.put(name, 0.5 + at.size()));
        return Explanation.of(formula, at);
    }

    @ParameterizedTest
    @MethodSource("formulas")
    void no_box_of_a_formula_lies_on_another(String text) {
        Explanation explanation = explanation(text);
        LayeredLayout layout = SvgDrawing.layout(explanation);
        List<Rectangle> boxes = new ArrayList<>();
        for (int i = 0; i < explanation.nodes().size(); i++) {
            boxes.add(layout.box(i));
        }
        assertApart(boxes);
        assertFalse(boxes.stream().anyMatch(box -> box.x() < 0 || box.y() < -1e-9 || box.right() > layout.width() || box.bottom() > layout.height() + 1e-9));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void no_box_or_line_of_a_random_graph_lies_on_a_box(long seed) {
        Random random = new Random(seed);
        int count = 5 + random.nextInt(60);
        List<Size> sizes = new ArrayList<>();
        List<Edge> edges = new ArrayList<>();
        for (int box = 0; box < count; box++) {
            sizes.add(new Size(40 + random.nextInt(80), 30 + random.nextInt(30)));
            for (int input = 0; input < 2 && box > 1 + input; input++) {
                Edge edge = new Edge(random.nextInt(box), box, random.nextInt(2) * 40);
                if (edges.stream().noneMatch(other -> other.from() == edge.from() && other.to() == edge.to())) {
                    edges.add(edge);
                }
            }
        }
        LayeredLayout layout = new LayeredLayout(sizes, edges);
        List<Rectangle> taken = new ArrayList<>();
        for (int box = 0; box < count; box++) {
            taken.add(layout.box(box));
        }
        assertApart(taken);
        for (Edge edge : edges) {
            assertTrue(layout.columnEnd(edge.from()) < layout.box(edge.to()).x());
            for (Rectangle pass : layout.passes(edge)) {
                assertTrue(taken.stream().noneMatch(box -> overlap(box, pass)), () -> edge + " passes over a box");
            }
        }
    }

    private static void assertApart(List<Rectangle> boxes) {
        for (int i = 0; i < boxes.size(); i++) {
            for (int j = 0; j < i; j++) {
                Rectangle a = boxes.get(i);
                Rectangle b = boxes.get(j);
                assertFalse(overlap(a, b), () -> a + " lies on " + b);
            }
        }
    }

    private static boolean overlap(Rectangle a, Rectangle b) {
        return a.x() < b.right() + NARROWEST && b.x() < a.right() + NARROWEST && a.y() < b.bottom() + NARROWEST && b.y() < a.bottom() + NARROWEST;
    }

    @Test
    void lines_of_a_formula_that_is_a_tree_do_not_cross() {
        Explanation explanation = explanation("a*b+c*d+e1/(g-h)");
        LayeredLayout layout = SvgDrawing.layout(explanation);
        for (ExplainedNode node : explanation.nodes()) {
            double above = -1;
            for (ExplainedNode.Edge edge : node.inputs()) {
                double middle = layout.box(edge.from()).middle();
                assertTrue(middle > above, node.formula());
                above = middle;
            }
        }
    }

    @ParameterizedTest
    @MethodSource("formulas")
    void svg_is_well_formed_and_needs_nothing_else(String text) {
        String svg = explanation(text).svg();
        Deque<String> open = new ArrayDeque<>();
        Matcher tag = Pattern.compile("<(/?)([a-z]+)((?: [A-Za-z-]+=\"[^\"<]*\")*)(/?)>|&(?:amp|lt|gt|quot);|[^<&]+").matcher(svg);
        int end = 0;
        while (tag.lookingAt()) {
            if (tag.group(2) != null && tag.group(1).isEmpty() && tag.group(4).isEmpty()) {
                open.push(tag.group(2));
            } else if (tag.group(2) != null && !tag.group(1).isEmpty()) {
                assertEquals(open.pop(), tag.group(2));
            }
            end = tag.end();
            tag.region(end, svg.length());
        }
        assertEquals(svg.length(), end, () -> "stops at " + svg.substring(tag.regionStart(), Math.min(svg.length(), tag.regionStart() + 80)));
        assertTrue(open.isEmpty());
        assertFalse(svg.replace("http://www.w3.org/2000/svg", "").matches("(?s).*(http|@import|href).*"));
    }

    @Test
    void values_are_green_above_the_line_and_gradients_red_below_it() {
        String svg = explanation("(x+y)*z").svg();
        Matcher pair = Pattern.compile("class=\"value\" x=\"([0-9.]+)\" y=\"([0-9.]+)\">[^<]+</text>\n<text class=\"gradient\" x=\"([0-9.]+)\" y=\"([0-9.]+)\"").matcher(svg);
        int pairs = 0;
        while (pair.find()) {
            pairs++;
            assertEquals(pair.group(1), pair.group(3));
            assertTrue(Double.parseDouble(pair.group(2)) < Double.parseDouble(pair.group(4)));
        }
        assertEquals(5, pairs);
        assertTrue(svg.contains(".value { font-size: 14px; fill: #1a7f37; }"));
        assertTrue(svg.contains(".gradient { font-size: 14px; fill: #cf222e; }"));
    }

    @ParameterizedTest
    @MethodSource("formulas")
    void dot_follows_the_grammar(String text) {
        Explanation explanation = explanation(text).titled("say \"" + text + "\" \\ <b>");
        int edges = new DotReader(explanation.dot()).read();
        assertEquals(explanation.nodes().stream().mapToInt(node -> node.inputs().size()).sum() + 1, edges);
    }

    /** Reads the part of the language that is used: attributes, nodes and edges; identifiers, quoted and HTML texts. */
    private static final class DotReader {
        private static final Pattern TOKEN = Pattern.compile("\\s*(->|[\\[\\]{}=,;]|[A-Za-z_][A-Za-z0-9_]*|-?[0-9]+(?:\\.[0-9]+)?|\"(?:[^\"\\\\]|\\\\.)*\"|<)");

        private final String text;
        private final Matcher matcher;
        private int position;
        private int edges;

        DotReader(String text) {
            this.text = text;
            this.matcher = TOKEN.matcher(text);
        }

        int read() {
            expect("digraph");
            identifier();
            expect("{");
            while (!peek().equals("}")) {
                statement();
            }
            expect("}");
            assertEquals("", text.substring(position).strip());
            return edges;
        }

        private void statement() {
            identifier();
            if (peek().equals("=")) {
                expect("=");
                value();
            } else {
                if (peek().equals("->")) {
                    expect("->");
                    identifier();
                    edges++;
                }
                if (peek().equals("[")) {
                    attributes();
                }
            }
            expect(";");
        }

        private void attributes() {
            expect("[");
            while (!peek().equals("]")) {
                identifier();
                expect("=");
                value();
                if (peek().equals(",")) {
                    expect(",");
                }
            }
            expect("]");
        }

        private void value() {
            String token = next();
            if (token.equals("<")) {
                int depth = 1;
                for (; depth > 0; position++) {
                    depth += text.charAt(position) == '<' ? 1 : text.charAt(position) == '>' ? -1 : 0;
                }
            } else {
                assertFalse("[]{}=,;->".contains(token), token);
            }
        }

        private void identifier() {
            String token = next();
            assertTrue(token.matches("[A-Za-z_][A-Za-z0-9_]*"), token);
        }

        private void expect(String token) {
            assertEquals(token, next());
        }

        private String peek() {
            assertTrue(matcher.region(position, text.length()).lookingAt(), () -> "no token at " + text.substring(position));
            return matcher.group(1);
        }

        private String next() {
            String token = peek();
            position = matcher.end();
            return token;
        }
    }
}
