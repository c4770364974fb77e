package org.thalweg.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.thalweg.app.plugin.PluginSet;
import org.thalweg.app.run.RunPrediction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lets a trained model answer. */
@Command(
        name = "predict",
        description = "Lets a trained model answer the rows of a file: copies them, and adds the answers as further columns.",
        footer = {
            "",
            "Examples:",
            "  thalweg predict runs/iris-20260101-120000 --input flowers.csv --output answers.csv",
            "  thalweg predict runs/iris-20260101-120000 --input flowers.jsonl --output answers.jsonl --scores",
            "",
            "A file of comma-separated values has the training data's features, by name where both files have a header, else in their order; the"
                    + " target's column may be there as well. A model that asks for further columns takes them likewise, after the others. Categories,"
                    + " dates and missing values are taken as in the training data. A first line that cannot be a row of the features is a header. A line"
                    + " of JSON Lines (.jsonl, .ndjson) is an object with the features by name or with lists by column, as \"input\", or a list alone.",
            "",
            "For classes the answer is 'prediction', the name of the class, and 'probability', or 'score' where the loss has no probabilities; for"
                    + " numbers it is 'prediction', in the units of the target in the file (standardising it is undone). A model that"
                    + " is applied to several columns answers the first of them, with its output as it is.",
            "",
            "Files of any length are read and written in batches. The output appears only when it is complete.",
            "",
            "Exit codes: 0 done, 2 input wrong."
        })
final class PredictCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final RunOptions run = new RunOptions();

    @Mixin
    private final PluginOptions plugins = new PluginOptions();

    @Option(names = "--input", required = true, paramLabel = "FILE", description = "The rows: .csv, .jsonl or .ndjson.")
    private Path input;

    @Option(names = "--output", required = true, paramLabel = "FILE", description = "The rows with their answers, in the same format.")
    private Path output;

    @Option(names = "--scores", description = "Add the probabilities, or scores, of all classes.")
    private boolean scores;

    PredictCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        try (PluginSet loaded = plugins.load(console)) {
            long rows = RunPrediction.of(run.read(console, loaded.registry()), run.weights(), input, output, scores);
            console.out().println(output + ": " + rows + (rows == 1 ? " row" : " rows"));
            return ExitCode.DONE;
        }
    }
}
