package org.thalweg.app.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.thalweg.app.pipeline.LearningRateCurve;
import org.thalweg.app.pipeline.LearningRateCurve.Point;
import org.thalweg.app.report.CurveChart;
import org.thalweg.app.report.CurveChart.Curve;
import org.thalweg.app.report.Picture;

/** Writes what a search for a learning rate found: a table and a plot. */
public final class LearningRateReport {
    private LearningRateReport() {}

    /**
     * Writes {@code learning-rates.csv}, {@code .png} and {@code .svg}, all or none.
     *
     * @param folder that is empty or not there yet, or null for a new one
     * @param runs where a new one goes
     * @return the folder
     */
    public static Path write(LearningRateCurve curve, String name, Path folder, Path runs, LocalDateTime time) throws IOException {
        StringBuilder table = new StringBuilder("learningRate,loss,smoothedLoss\n");
        curve.points().forEach(point -> table.append(point.learningRate()).append(',').append(point.loss()).append(',').append(point.smoothed()).append('\n'));
        double[] rates = numbers(curve, Point::learningRate);
        Picture plot = new CurveChart("Loss against learning rate", "learning rate", "loss", true, List.of(
                new Curve("loss of a batch", 5, rates, numbers(curve, Point::loss)), new Curve("smoothed", 0, rates, numbers(curve, Point::smoothed)))).draw();
        RunFolder results = folder == null ? RunFolder.create(runs, name + "-learning-rate", time) : RunFolder.at(folder);
        try {
            write(results.file("learning-rates.png"), plot.png());
            write(results.file("learning-rates.svg"), plot.svg());
            results.writeText("learning-rates.csv", table.toString());
        } finally {
            results.removeIfEmpty();
        }
        return results.path();
    }

    /** A learning rate for people and files: two digits. */
    public static String number(double rate) {
        return rate >= 1e-3 ? String.format(Locale.ROOT, "%.2g", rate) : String.format(Locale.ROOT, "%.1e", rate);
    }

    private static double[] numbers(LearningRateCurve curve, ToDoubleFunction<Point> number) {
        return curve.points().stream().mapToDouble(number).toArray();
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        AtomicFile.write(file, channel -> {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        });
    }
}
