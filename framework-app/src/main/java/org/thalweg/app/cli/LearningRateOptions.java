package org.thalweg.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import org.thalweg.app.config.LoadedConfiguration;
import org.thalweg.app.pipeline.LearningRateCurve;
import org.thalweg.app.pipeline.LearningRateRange;
import org.thalweg.app.run.LearningRateReport;
import org.thalweg.app.run.OpenPipeline;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The search for a learning rate, instead of training. */
final class LearningRateOptions {
    private static final Path RUNS = Path.of("runs");

    @Option(
            names = "--find-learning-rate",
            description = "Instead of training: try learning rates from very small to very large, one a step, suggest one, and leave a plot and a table.")
    private boolean find;

    @Option(names = "--lowest-rate", paramLabel = "RATE", description = "The learning rate that the search begins with; default 1e-6.")
    private Double lowest;

    @Option(names = "--highest-rate", paramLabel = "RATE", description = "The learning rate that the search ends with, if the loss does not explode before; default 10.")
    private Double highest;

    @Option(names = "--rate-steps", paramLabel = "N", description = "Steps of the search; default 160.")
    private Integer steps;

    boolean asked() {
        return find;
    }

    /** Checks what belongs together. */
    void require(CommandLine command, boolean resumes) {
        if (!find && (lowest != null || highest != null || steps != null)) {
            throw new ParameterException(command, "--lowest-rate, --highest-rate and --rate-steps need --find-learning-rate");
        }
        if (find && resumes) {
            throw new ParameterException(command, "--find-learning-rate needs FILE, and nothing to resume");
        }
        try {
            range();
        } catch (IllegalArgumentException mistake) {
            throw new ParameterException(command, mistake.getMessage(), mistake);
        }
    }

    private LearningRateRange range() {
        LearningRateRange usual = LearningRateRange.USUAL;
        return new LearningRateRange(lowest == null ? usual.lowest() : lowest, highest == null ? usual.highest() : highest, steps == null ? usual.steps() : steps);
    }

    int search(Console console, LoadedConfiguration run, Path folder, BooleanSupplier cancelled) throws IOException {
        LearningRateCurve curve;
        try (OpenPipeline open = OpenPipeline.of(run)) {
            curve = open.with(builder -> builder.cancelWhen(cancelled).build().findLearningRate(range()));
        }
        if (cancelled.getAsBoolean()) {
            console.out().println("the search was cancelled; nothing was written");
            return ExitCode.INTERRUPTED;
        }
        console.out().println(curve.points().size() + " learning rates tried; " + curve.ending());
        Path written = LearningRateReport.write(curve, run.run().name(), folder, RUNS, LocalDateTime.now());
        console.out().println("plot and table: " + written);
        curve.minimumTenth().ifPresent(rate -> console.out().println("a tenth of where the loss is lowest: " + LearningRateReport.number(rate)));
        OptionalDouble suggestion = curve.suggestion();
        if (suggestion.isEmpty()) {
            console.err().println("no learning rate made the loss fall: look at the plot, or begin with a smaller one (--lowest-rate)");
            return ExitCode.FAILED;
        }
        console.out().println("suggested learning rate (where the loss falls fastest): " + LearningRateReport.number(suggestion.getAsDouble()));
        return ExitCode.DONE;
    }
}
