package org.thalweg.app.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Curves over a common axis.
 *
 * @param title above
 * @param across what the axis below shows
 * @param up what the axis at the side shows
 * @param logarithmicAcross whether the axis below is logarithmic
 * @param curves in the order of the legend
 */
public record CurveChart(String title, String across, String up, boolean logarithmicAcross, List<Curve> curves) {
    private static final int WIDTH = 560;
    private static final int HEIGHT = 330;
    private static final int MOST_LABELS = 9;
    private static final Color INK = new Color(0x333333);
    /** What a logarithmic axis shows of 0. */
    private static final double FLOOR = 1e-12;

    /**
     * A line.
     *
     * @param name in the legend
     * @param color its number in the {@link Palette}
     * @param x numbers
     * @param y as many; what is not finite is left out
     */
    public record Curve(String name, int color, double[] x, double[] y) {}

    /** Draws, with a logarithmic axis at the side. */
    public Picture draw() throws IOException {
        XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).title(title).xAxisTitle(across).yAxisTitle(up).build();
        style(chart);
        for (Curve curve : curves) {
            add(chart, curve);
        }
        return new Picture(png(chart), ChartEncoder.getBytes(chart, "svg"));
    }

    private void style(XYChart chart) {
        Font text = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
        chart.getStyler().setYAxisLogarithmic(true).setXAxisLogarithmic(logarithmicAcross);
        chart.getStyler().setChartBackgroundColor(Color.WHITE).setPlotBackgroundColor(Color.WHITE).setPlotBorderVisible(false);
        chart.getStyler().setPlotGridLinesVisible(false);
        chart.getStyler().setXAxisMaxLabelCount(MOST_LABELS);
        chart.getStyler().setAxisTickLabelsFont(text).setAxisTitleFont(text).setAxisTickLabelsColor(INK);
        chart.getStyler().setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 13)).setChartTitleBoxVisible(false).setChartFontColor(INK);
        chart.getStyler().setLegendVisible(curves.size() > 1).setLegendBorderColor(Color.WHITE).setLegendFont(text);
        chart.getStyler().setLegendPosition(LegendPosition.OutsideS).setLegendLayout(LegendLayout.Horizontal);
    }

    private void add(XYChart chart, Curve curve) {
        int count = 0;
        double[] x = new double[curve.x.length];
        double[] y = new double[curve.x.length];
        for (int i = 0; i < curve.x.length; i++) {
            if (Double.isFinite(curve.y[i]) && (!logarithmicAcross || curve.x[i] > 0)) {
                x[count] = curve.x[i];
                y[count++] = Math.max(curve.y[i], FLOOR);
            }
        }
        if (count == 0) {
            return;
        }
        XYSeries series = chart.addSeries(curve.name, Arrays.copyOf(x, count), Arrays.copyOf(y, count));
        float[] dash = Palette.dash(curve.color);
        series.setMarker(count > 1 ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
        series.setLineColor(Palette.color(curve.color));
        series.setMarkerColor(Palette.color(curve.color));
        series.setLineStyle(dash.length == 0 ? new BasicStroke(2) : new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dash, 0));
    }

    private static byte[] png(XYChart chart) throws IOException {
        // Twice as many points as a page shows, for screens that are finer.
        BufferedImage drawing = new BufferedImage(2 * WIDTH, 2 * HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = drawing.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.scale(2, 2);
        chart.paint(pen, WIDTH, HEIGHT);
        pen.dispose();
        return png(drawing);
    }

    /** An image as a file holds it. */
    public static byte[] png(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // In memory: by itself the library would go through a temporary file.
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(image, "png", out);
        }
        return bytes.toByteArray();
    }
}
