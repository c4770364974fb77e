package org.thalweg.app.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Charts as images within a page. */
final class Charts {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 420;

    private Charts() {}

    /** Lines over a common axis; what is not finite is a gap. */
    static String lines(String title, String across, double[] x, Map<String, double[]> lines) throws IOException {
        XYChart chart = chart(title, across, "");
        chart.getStyler().setLegendVisible(lines.size() > 1);
        lines.forEach((name, y) -> {
            XYSeries series = chart.addSeries(name, x, y);
            series.setMarker(x.length > 1 ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
            series.setLineStyle(new BasicStroke(2));
        });
        return image(chart, title);
    }

    /** Points, and the diagonal on which they should lie. */
    static String points(String title, String across, String up, List<double[]> points) throws IOException {
        XYChart chart = chart(title, across, up);
        double[] x = points.stream().mapToDouble(point -> point[0]).toArray();
        double[] y = points.stream().mapToDouble(point -> point[1]).toArray();
        XYSeries series = chart.addSeries("rows", x, y);
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        series.setMarker(SeriesMarkers.CIRCLE);
        double low = points.stream().mapToDouble(point -> point[0]).min().orElse(0);
        double high = points.stream().mapToDouble(point -> point[0]).max().orElse(1);
        XYSeries diagonal = chart.addSeries("right", new double[] {low, high}, new double[] {low, high});
        diagonal.setMarker(SeriesMarkers.NONE);
        diagonal.setLineColor(Color.GRAY);
        return image(chart, title);
    }

    private static XYChart chart(String title, String across, String up) {
        XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).title(title).xAxisTitle(across).yAxisTitle(up).build();
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setPlotBorderVisible(false);
        chart.getStyler().setMarkerSize(5);
        return chart;
    }

    private static String image(XYChart chart, String title) throws IOException {
        // Twice as many points as the page shows, for screens that are finer.
        BufferedImage drawing = new BufferedImage(2 * WIDTH, 2 * HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = drawing.createGraphics();
        pen.scale(2, 2);
        chart.paint(pen, WIDTH, HEIGHT);
        pen.dispose();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        // In memory: by itself the library would go through a temporary file.
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(png)) {
            ImageIO.write(drawing, "png", out);
        }
        String bytes = Base64.getEncoder().encodeToString(png.toByteArray());
        return "<img alt=\"" + Html.escaped(title) + "\" width=\"" + WIDTH + "\" height=\"" + HEIGHT + "\" src=\"data:image/png;base64," + bytes + "\">\n";
    }
}
