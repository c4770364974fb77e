package org.thalweg.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.thalweg.app.config.ConfigurationException;
import org.thalweg.app.config.ConfigurationReader;
import org.thalweg.app.config.LoadedConfiguration;
import org.thalweg.app.config.Split;
import org.thalweg.app.plugin.PluginRegistry;
import org.thalweg.app.run.RunFolder;

/** Trains once for each fold of the data, in folders {@code fold-1}, {@code fold-2} ..., and tells how the results scatter. */
final class CrossValidation {
    private final List<LoadedConfiguration> runs = new ArrayList<>();
    private final List<Double> figures = new ArrayList<>();
    private String name = "";

    /** Trains one fold, and gives the exit code. */
    interface Training {
        int run(LoadedConfiguration fold, RunFolder folder);
    }

    /**
     * Reads the configuration of every fold.
     *
     * @param whole the configuration without folds
     * @throws ConfigurationException where the run has test data of its own
     */
    CrossValidation(int folds, LoadedConfiguration whole, Path file, List<String> overrides, Map<String, String> environment, PluginRegistry plugins) {
        if (whole.run().data().test().isPresent()) {
            throw new ConfigurationException(List.of(whole.problem("data.test", "--folds takes the test data from 'train': leave 'test' out, or take it back"
                    + " with --set data.test=")));
        }
        boolean stratified = whole.run().data().testSplit().map(Split::stratified).orElse(false);
        for (int fold = 1; fold <= folds; fold++) {
            List<String> more = new ArrayList<>(overrides);
            more.add("data.testSplit={fold: " + fold + ", of: " + folds + ", stratified: " + stratified + "}");
            runs.add(ConfigurationReader.read(file, more, environment, plugins));
        }
    }

    /** Trains fold after fold until one of them does not end well; the exit code. */
    int run(RunFolder folder, Console console, Training training) throws IOException {
        for (int i = 0; i < runs.size(); i++) {
            console.out().println("fold " + (i + 1) + " of " + runs.size());
            RunFolder part = RunFolder.at(folder.file("fold-" + (i + 1)));
            int code = training.run(runs.get(i), part);
            part.removeIfEmpty();
            if (code != ExitCode.DONE) {
                return code;
            }
        }
        console.out().println(name + ": " + Figures.number(mean()) + " +- " + Figures.number(deviation()) + " (mean and standard deviation of "
                + figures.size() + " folds)");
        return ExitCode.DONE;
    }

    /** Remembers the result of a fold. */
    void add(ConsoleListener ended) {
        name = ended.figureName();
        figures.add(ended.figure());
    }

    private double mean() {
        return figures.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    /** Of a sample, over n - 1. */
    private double deviation() {
        double mean = mean();
        return Math.sqrt(figures.stream().mapToDouble(figure -> (figure - mean) * (figure - mean)).sum() / (figures.size() - 1));
    }
}
