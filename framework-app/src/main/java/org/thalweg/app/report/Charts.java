package org.thalweg.app.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Charts as images within a page. */
final class Charts {
    private static final int WIDTH = 540;
    private static final int MOST_LABELS = 10;
    private static final int HEIGHT = 320;

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

    /** Points, and the line on which they should lie. */
    static String points(String title, String across, String up, double[] x, double[] y, DoubleUnaryOperator ideal) throws IOException {
        XYChart chart = chart(title, across, up);
        chart.getStyler().setLegendVisible(false);
        XYSeries series = chart.addSeries("rows", x, y);
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        series.setMarker(SeriesMarkers.CIRCLE);
        series.setMarkerColor(new Color(31, 119, 180, 150));
        double low = Arrays.stream(x).min().orElse(0);
        double high = Arrays.stream(x).max().orElse(1);
        XYSeries line = chart.addSeries("ideal", new double[] {low, high}, new double[] {ideal.applyAsDouble(low), ideal.applyAsDouble(high)});
        line.setMarker(SeriesMarkers.NONE);
        line.setLineColor(Color.GRAY);
        line.setLineStyle(new BasicStroke(1));
        return image(chart, title);
    }

    private static XYChart chart(String title, String across, String up) {
        XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).title(title).xAxisTitle(across).yAxisTitle(up).build();
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setPlotBorderVisible(false);
        chart.getStyler().setMarkerSize(5);
        chart.getStyler().setXAxisMaxLabelCount(MOST_LABELS);
        chart.getStyler().setPlotGridLinesColor(new Color(225, 230, 235));
        chart.getStyler().setLegendBorderColor(Color.WHITE);
        chart.getStyler().setLegendPosition(LegendPosition.InsideNE);
        chart.getStyler().setSeriesColors(new Color[] {new Color(31, 119, 180), new Color(255, 127, 14), new Color(44, 160, 44)});
        return chart;
    }

    private static String image(XYChart chart, String title) throws IOException {
        // Twice as many points as the page shows, for screens that are finer.
        BufferedImage drawing = new BufferedImage(2 * WIDTH, 2 * HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = drawing.createGraphics();
        pen.scale(2, 2);
        chart.paint(pen, WIDTH, HEIGHT);
        pen.dispose();
        return Html.image(drawing, title, WIDTH, HEIGHT, "chart") + "\n";
    }
}
