package org.thalweg.app.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.training.TrainingListener;
import org.thalweg.app.pipeline.PipelineBuilder;
import org.thalweg.app.pipeline.PipelineObjective;
import org.thalweg.app.report.CurveChart;
import org.thalweg.app.report.CurveChart.Curve;
import org.thalweg.app.report.Picture;
import org.thalweg.app.run.OpenPipeline;

/** Trains one model with several optimizers, and draws the loss over all of its training data. */
final class TrainingSection {
    /** A training: losses after so many data passes, from 0, and the seconds of training until then. */
    private record Training(String name, double[] losses, double[] seconds, long stepsPerPass) {
        int passesTo(double tolerance) {
            for (int i = 0; i < losses.length; i++) {
                if (losses[i] <= tolerance) {
                    return i;
                }
            }
            return -1;
        }
    }

    private TrainingSection() {}

    static Section of(TrainingChart chart, String id, Map<String, Integer> palette, Terrain.Pipelines pipelines, long seed) throws IOException {
        List<Training> trainings = new ArrayList<>();
        try (OpenPipeline open = pipelines.open(chart.pipeline())) {
            double begin = open.with(builder -> begin(builder, open, seed));
            for (Contestant contestant : chart.optimizers()) {
                trainings.add(open.with(builder -> train(contestant, chart.epochs(), builder, open, begin, seed)));
            }
        }
        List<Integer> colors = trainings.stream().map(training -> palette.get(training.name)).toList();
        Map<String, Picture> pictures = new LinkedHashMap<>();
        pictures.put("loss-by-pass", curves("Loss against passes through the data", "passes through the data", trainings, colors, false));
        pictures.put("loss-by-time", curves("Loss against time", "seconds", trainings, colors, true));
        return new Section(id, chart.title(), chart.see().orElse("The loss is that over all training data, after each pass through it."), Optional.empty(), pictures,
                trainings.stream().map(Training::name).toList(), colors, 0, table(chart, trainings));
    }

    /** The loss before training, which is the same for all. */
    private static double begin(PipelineBuilder builder, OpenPipeline open, long seed) {
        try (PipelineObjective objective = builder.seed(seed).training(open.training()).build().objective()) {
            double[] point = objective.point();
            return objective.evaluate(point, new double[point.length]);
        }
    }

    private static Training train(Contestant contestant, int epochs, PipelineBuilder builder, OpenPipeline open, double begin, long seed) {
        Optimizer optimizer = contestant.optimizer().orElseThrow();
        List<Double> losses = new ArrayList<>(List.of(begin));
        List<Double> seconds = new ArrayList<>(List.of(0.0));
        long[] steps = new long[1];
        // Judged by its own training data, since the loss of an epoch is one of many different weights.
        builder.seed(seed).optimizer(optimizer).epochs(epochs).validation(open.training()).listener(new TrainingListener() {
            @Override
            public void runStarted(RunStarted event) {
                steps[0] = event.stepsPerEpoch();
            }

            @Override
            public void epochEnded(EpochEnded event) {
                losses.add(event.metrics().get("validation.loss"));
                seconds.add(seconds.getLast() + open.training().size() / event.samplesPerSecond());
            }
        });
        contestant.schedule().ifPresentOrElse(builder::schedule, () -> builder.schedule(step -> 1));
        contestant.gradientTransforms().forEach(builder::gradientTransforms);
        contestant.batchSize().ifPresent(builder::batchSize);
        builder.build().train();
        return new Training(contestant.name(), doubles(losses), doubles(seconds), steps[0]);
    }

    private static double[] doubles(List<Double> list) {
        return list.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static Picture curves(String title, String across, List<Training> trainings, List<Integer> colors, boolean byTime) throws IOException {
        List<Curve> curves = new ArrayList<>();
        for (int i = 0; i < trainings.size(); i++) {
            Training training = trainings.get(i);
            double[] passes = new double[training.losses.length];
            for (int pass = 0; pass < passes.length; pass++) {
                passes[pass] = pass;
            }
            curves.add(new Curve(training.name, colors.get(i), byTime ? training.seconds : passes, training.losses));
        }
        return new CurveChart(title, across, "loss", false, curves).draw();
    }

    private static List<List<String>> table(TrainingChart chart, List<Training> trainings) {
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("", "steps a pass", "passes to a loss of " + Figure.of(chart.tolerance()), "time to it", "loss at the end", "time per step"));
        for (Training training : trainings) {
            int passes = training.passesTo(chart.tolerance());
            double perStep = training.seconds[training.seconds.length - 1] / Math.max(1, (training.losses.length - 1) * training.stepsPerPass);
            table.add(List.of(training.name, Long.toString(training.stepsPerPass), passes < 0 ? "not in " + (training.losses.length - 1) : Integer.toString(passes),
                    passes < 0 ? "" : Figure.time(training.seconds[passes]), Figure.of(training.losses[training.losses.length - 1]),
                    Figure.time(perStep)));
        }
        return table;
    }
}
