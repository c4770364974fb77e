package org.thalweg.app.listener;

import java.io.PrintStream;
import java.util.Locale;
import java.util.stream.Collectors;
import org.thalweg.api.training.TrainingListener;

/** Prints a line when a run starts and a line for each of its epochs. */
public final class PrintListener implements TrainingListener {
    private static final String TRAINING = "train.";

    private final PrintStream out;
    private RunStarted run;

    /** Prints to a stream, as {@code System.out}. */
    public PrintListener(PrintStream out) {
        this.out = out;
    }

    @Override
    public void runStarted(RunStarted event) {
        run = event;
        out.println(String.format(Locale.ROOT, "%s: %,d parameters, %,d rows, %d steps an epoch", event.name(), event.parameters(),
                event.trainingRows(), event.stepsPerEpoch()));
    }

    @Override
    public void epochEnded(EpochEnded event) {
        String figures = event.metrics().entrySet().stream()
                .map(metric -> name(metric.getKey()) + " " + number(metric.getValue()))
                .collect(Collectors.joining(", "));
        out.println(String.format(Locale.ROOT, "epoch %d/%d: %s, %.0f samples/s, %.1f s", event.epoch(), run.epochs(), figures,
                event.samplesPerSecond(), event.seconds()));
    }

    /** Four places, or powers of ten for what would vanish in them. */
    public static String number(double value) {
        boolean small = value != 0 && Math.abs(value) < 1e-3;
        return String.format(Locale.ROOT, small || Math.abs(value) >= 1e7 ? "%.3e" : "%.4f", value);
    }

    /** {@code validation.accuracy} as it is said: "validation accuracy"; the training part goes without saying. */
    public static String name(String metric) {
        return (metric.startsWith(TRAINING) ? metric.substring(TRAINING.length()) : metric).replace('.', ' ');
    }
}
