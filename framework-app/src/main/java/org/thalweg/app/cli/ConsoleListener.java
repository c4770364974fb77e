package org.thalweg.app.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressState;
import org.thalweg.api.training.TrainingListener;
import org.thalweg.app.listener.PrintListener;

/** Shows how a run goes: a progress bar to a person, a line for each epoch to a file or pipe. Close it to end the bar's line. */
final class ConsoleListener implements TrainingListener, AutoCloseable {
    private static final int FEWEST_CELLS = 5;
    private static final int MOST_CELLS = 30;
    private static final int REFRESH_MILLISECONDS = 250;

    private final Console console;
    private final List<String> metrics;
    private final PrintListener lines;
    private RunStarted run;
    private ProgressBar bar;
    private volatile String loss = "";
    private volatile String validation = "";
    private Map<String, Double> last = Map.of();

    /** A listener for a run with these metrics. */
    ConsoleListener(Console console, List<String> metrics) {
        this.console = console;
        this.metrics = metrics;
        this.lines = new PrintListener(console.out());
    }

    @Override
    public void runStarted(RunStarted event) {
        run = event;
        lines.runStarted(event);
        if (console.terminal()) {
            // The width is given, since finding it out would load a native library, which Java warns of.
            bar = new ProgressBarBuilder()
                    .setInitialMax((long) event.epochs() * event.stepsPerEpoch())
                    .setUpdateIntervalMillis(REFRESH_MILLISECONDS)
                    .setConsumer(new ConsoleProgressBarConsumer(console.out(), console.columns() - 1))
                    .setRenderer(this::render)
                    .build();
        }
    }

    @Override
    public void stepEnded(StepEnded event) {
        if (bar != null) {
            loss = "  loss " + Figures.number(event.loss());
            bar.stepTo(event.step());
        }
    }

    @Override
    public void epochEnded(EpochEnded event) {
        last = event.metrics();
        if (bar == null) {
            lines.epochEnded(event);
            return;
        }
        validation = Figures.best(last, metrics).filter(name -> name.startsWith("validation."))
                .map(name -> "  " + Figures.name(name) + " " + Figures.number(last.get(name)))
                .orElse("");
        bar.stepTo(event.step());
    }

    @Override
    public void runEnded(RunEnded event) {
        last = event.metrics();
        close();
    }

    /** The figure of the last line, as {@code test accuracy: 0.9750}; empty where no epoch ended. */
    Optional<String> result() {
        return Figures.best(last, metrics).map(name -> Figures.name(name) + ": " + Figures.number(last.get(name)));
    }

    /** The number of that line; NaN where no epoch ended. */
    double figure() {
        return Figures.best(last, metrics).map(last::get).orElse(Double.NaN);
    }

    /** What that number is, as {@code test accuracy}. */
    String figureName() {
        return Figures.best(last, metrics).map(Figures::name).orElse("");
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }

    private String render(ProgressState state, int columns) {
        double done = state.getMax() == 0 ? 1 : Math.min(1, state.getNormalizedProgress());
        double seconds = state.getElapsedAfterStart().toMillis() / 1000.0;
        long epoch = run.stepsPerEpoch() == 0 ? 0 : Math.min(run.epochs(), state.getCurrent() / run.stepsPerEpoch() + 1);
        String speed = seconds < 0.5 || state.getCurrent() == 0
                ? ""
                : String.format(Locale.ROOT, "  %,.0f samples/s", state.getCurrent() / seconds * run.trainingRows() / run.stepsPerEpoch());
        String left = speed.isEmpty() ? "" : "  " + clock((long) (seconds / done - seconds)) + " left";
        String label = "epoch " + epoch + "/" + run.epochs() + " ";
        String figures = String.format(Locale.ROOT, " %3.0f%%", done * 100) + loss + validation + speed + left;
        int cells = Math.clamp(columns - label.length() - figures.length() - 2, FEWEST_CELLS, MOST_CELLS);
        int full = (int) (done * cells);
        String line = label + "[" + "=".repeat(full) + " ".repeat(cells - full) + "]" + figures;
        return line.length() <= columns ? line : line.substring(0, columns);
    }

    private static String clock(long seconds) {
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}
