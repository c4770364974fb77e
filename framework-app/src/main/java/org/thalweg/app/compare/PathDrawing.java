package org.thalweg.app.compare;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.thalweg.app.report.CurveChart;
import org.thalweg.app.report.Html;
import org.thalweg.app.report.Palette;
import org.thalweg.app.report.Picture;

/**
 * Paths over lines of equal height, as an SVG that a script can animate and as an image.
 *
 * @param heights under the paths
 * @param courses to draw
 * @param colors the number of each course's colour
 */
record PathDrawing(Heights heights, List<Course> courses, List<Integer> colors) {
    static final int SIZE = 520;
    private static final int MARGIN = 34;
    private static final int INSIDE = SIZE - 2 * MARGIN;
    private static final double DOT = 4.5;
    private static final int LEGEND_LINE = 18;
    /** Far outside of the picture, where a path that explodes is cut off. */
    private static final double FAR = 20_000;
    private static final int LIGHTEST = 214;
    private static final int DARKEST = 120;

    Picture draw(String id) throws IOException {
        return new Picture(image(), svg(id).getBytes(StandardCharsets.UTF_8));
    }

    /** An SVG whose paths are complete; each carries its course's number, so that a script can shorten it. */
    String svg(String id) {
        StringBuilder svg = new StringBuilder(String.format(Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" font-family=\"system-ui, sans-serif\" font-size=\"12\">%n",
                SIZE, SIZE, SIZE, SIZE));
        svg.append(String.format(Locale.ROOT, "<clipPath id=\"%s-inside\"><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/></clipPath>%n", id, MARGIN, MARGIN, INSIDE, INSIDE));
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n<g clip-path=\"url(#").append(id).append("-inside)\" fill=\"none\" stroke-linejoin=\"round\">\n");
        List<Double> levels = heights.levels();
        for (int i = 0; i < levels.size(); i++) {
            StringBuilder line = new StringBuilder();
            Contours.of(heights, levels.get(i)).forEach(points -> line.append('M').append(text(points)));
            svg.append("<path stroke=\"").append(hex(grey(i, levels.size()))).append("\" stroke-width=\"1\" d=\"").append(line).append("\"/>\n");
        }
        for (int i = 0; i < courses.size(); i++) {
            course(svg, i);
        }
        double[] start = courses.getFirst().points().getFirst();
        svg.append(String.format(Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"5\" fill=\"#fff\" stroke=\"#222\" stroke-width=\"2\"/>%n</g>%n", across(start[0]), up(start[1])));
        svg.append("<rect x=\"").append(MARGIN).append("\" y=\"").append(MARGIN).append("\" width=\"").append(INSIDE).append("\" height=\"").append(INSIDE)
                .append("\" fill=\"none\" stroke=\"#999\"/>\n");
        for (Label label : labels()) {
            svg.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" fill=\"#333\" text-anchor=\"%s\">%s</text>%n", label.x, label.y,
                    label.end ? "end" : "middle", label.text));
        }
        names(svg);
        return svg.append("</svg>\n").toString();
    }

    /** A legend for whoever sees the drawing alone; the page has one of its own and hides this. */
    private void names(StringBuilder svg) {
        svg.append("<g class=\"names\">\n");
        for (int i = 0; i < courses.size(); i++) {
            int y = MARGIN + LEGEND_LINE * (i + 1);
            svg.append(String.format(Locale.ROOT, "<rect x=\"%d\" y=\"%d\" width=\"18\" height=\"4\" fill=\"%s\"/><text x=\"%d\" y=\"%d\" fill=\"#222\">%s</text>%n",
                    MARGIN + 10, y - 7, Palette.hex(colors.get(i)), MARGIN + 34, y, Html.escaped(courses.get(i).name())));
        }
        svg.append("</g>\n");
    }

    private void course(StringBuilder svg, int number) {
        Course course = courses.get(number);
        double[] last = course.points().getLast();
        String color = Palette.hex(colors.get(number));
        float[] dash = Palette.dash(colors.get(number));
        svg.append(String.format(Locale.ROOT, "<g class=\"course\" data-course=\"%d\"><title>%s</title><polyline points=\"%s\" stroke=\"%s\" stroke-width=\"2.4\"%s/>"
                        + "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\" stroke=\"#fff\"/></g>%n",
                number, Html.escaped(course.name()), text(course.points()), color, dash.length == 0 ? "" : " stroke-dasharray=\"" + (int) dash[0] + " " + (int) dash[1] + "\"",
                across(last[0]), up(last[1]), DOT, color));
    }

    private String text(List<double[]> points) {
        StringBuilder text = new StringBuilder();
        for (double[] point : points) {
            text.append(text.isEmpty() ? "" : " ").append(String.format(Locale.ROOT, "%.1f,%.1f", across(point[0]), up(point[1])));
        }
        return text.toString();
    }

    private byte[] image() throws IOException {
        BufferedImage image = new BufferedImage(2 * SIZE, 2 * SIZE, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.scale(2, 2);
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, SIZE, SIZE);
        pen.setClip(new Rectangle2D.Double(MARGIN, MARGIN, INSIDE, INSIDE));
        List<Double> levels = heights.levels();
        for (int i = 0; i < levels.size(); i++) {
            pen.setColor(grey(i, levels.size()));
            pen.setStroke(new BasicStroke(1));
            Contours.of(heights, levels.get(i)).forEach(line -> pen.draw(path(line)));
        }
        for (int i = 0; i < courses.size(); i++) {
            float[] dash = Palette.dash(colors.get(i));
            pen.setColor(Palette.color(colors.get(i)));
            pen.setStroke(new BasicStroke(2.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dash.length == 0 ? null : dash, 0));
            pen.draw(path(courses.get(i).points()));
            double[] last = courses.get(i).points().getLast();
            pen.fill(new Ellipse2D.Double(across(last[0]) - DOT, up(last[1]) - DOT, 2 * DOT, 2 * DOT));
        }
        pen.setClip(null);
        pen.setColor(Color.GRAY);
        pen.setStroke(new BasicStroke(1));
        pen.drawRect(MARGIN, MARGIN, INSIDE, INSIDE);
        pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        pen.setColor(Color.DARK_GRAY);
        for (Label label : labels()) {
            int width = pen.getFontMetrics().stringWidth(label.text);
            pen.drawString(label.text, (float) (label.x - (label.end ? width : width / 2.0)), (float) label.y);
        }
        for (int i = 0; i < courses.size(); i++) {
            int y = MARGIN + LEGEND_LINE * (i + 1);
            pen.setColor(Palette.color(colors.get(i)));
            pen.fillRect(MARGIN + 10, y - 7, 18, 4);
            pen.setColor(Color.BLACK);
            pen.drawString(courses.get(i).name(), MARGIN + 34, y);
        }
        pen.dispose();
        return CurveChart.png(image);
    }

    private Path2D path(List<double[]> points) {
        Path2D path = new Path2D.Double();
        path.moveTo(across(points.getFirst()[0]), up(points.getFirst()[1]));
        points.forEach(point -> path.lineTo(across(point[0]), up(point[1])));
        return path;
    }

    /** A text at an axis: {@code end} if it ends where it stands, else it is centred. */
    private record Label(String text, double x, double y, boolean end) {}

    private List<Label> labels() {
        View view = heights.view();
        double bottom = SIZE - MARGIN + 16;
        return List.of(
                new Label(number(view.left()), MARGIN, bottom, false),
                new Label("x", SIZE / 2.0, bottom, false),
                new Label(number(view.right()), SIZE - MARGIN, bottom, false),
                new Label(number(view.low()), MARGIN - 6, SIZE - MARGIN, true),
                new Label("y", MARGIN - 10, SIZE / 2.0, true),
                new Label(number(view.high()), MARGIN - 6, MARGIN + 6, true));
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private double across(double x) {
        return far(MARGIN + (x - heights.view().left()) / (heights.view().right() - heights.view().left()) * INSIDE);
    }

    private double up(double y) {
        return far(SIZE - MARGIN - (y - heights.view().low()) / (heights.view().high() - heights.view().low()) * INSIDE);
    }

    private static double far(double position) {
        return Math.clamp(position, -FAR, FAR);
    }

    /** Low lines are dark. */
    private static Color grey(int level, int levels) {
        int shade = DARKEST + (LIGHTEST - DARKEST) * level / Math.max(1, levels - 1);
        return new Color(shade, shade, shade);
    }

    private static String hex(Color color) {
        return String.format("#%06x", color.getRGB() & 0xFFFFFF);
    }
}
