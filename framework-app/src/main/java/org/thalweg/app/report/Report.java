package org.thalweg.app.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.thalweg.api.training.TrainingListener.EpochEnded;
import org.thalweg.app.predict.Comparison;
import org.thalweg.app.predict.Comparison.Confusion;
import org.thalweg.app.predict.Comparison.Sample;

/** A page about a run that needs nothing but itself: no script, no other file, no network. */
public final class Report {
    private static final int MOST_CLASSES = 30;

    private final RunHistory history;
    private final StringBuilder page = new StringBuilder();

    private Report(RunHistory history) {
        this.history = history;
    }

    /**
     * The page.
     *
     * @param history of a run that is over
     * @param judged what the data of the comparison is called: {@code test}
     * @param comparison of the last weights' answers with what is right
     * @param configuration as YAML
     */
    public static String of(RunHistory history, String judged, Optional<Comparison> comparison, String configuration) throws IOException {
        Report report = new Report(history);
        report.write(judged, comparison, configuration);
        return report.page.toString();
    }

    private void write(String judged, Optional<Comparison> comparison, String configuration) throws IOException {
        String name = Html.escaped(history.started().name());
        page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>").append(name).append("</title>\n<style>\n")
                .append(Html.STYLE).append("</style>\n</head>\n<body>\n<main>\n<h1>").append(name).append("</h1>\n");
        results();
        curves();
        if (comparison.isPresent()) {
            compare(judged, comparison.get());
        }
        timings();
        page.append("<section><h2>Configuration</h2>\n<pre>").append(Html.escaped(configuration)).append("</pre></section>\n</main>\n</body>\n</html>\n");
    }

    private void results() {
        page.append("<p class=\"note\">").append(Html.escaped(history.ended().reason().message())).append("; ")
                .append(String.format(Locale.ROOT, "%,d parameters, %,d rows of training data.", history.started().parameters(), history.started().trainingRows()))
                .append(history.ended().bestEpoch() > 0 ? " Epoch " + history.ended().bestEpoch() + " was the best." : "").append("</p>\n<div class=\"figures\">\n");
        history.ended().metrics().forEach((metric, value) -> page.append("<div class=\"figure\"><b>").append(number(value)).append("</b><span>")
                .append(Html.escaped(metric.replaceFirst("\\.", " "))).append("</span></div>\n"));
        page.append("</div>\n");
    }

    private void curves() throws IOException {
        if (history.epochs().isEmpty()) {
            return;
        }
        page.append("<section><h2>Curves</h2>\n<div class=\"charts\">\n");
        double[] epochs = history.epochs().stream().mapToDouble(EpochEnded::epoch).toArray();
        Map<String, double[]> losses = new LinkedHashMap<>();
        Map<String, double[]> metrics = new LinkedHashMap<>();
        for (String metric : new TreeSet<>(history.epochs().getLast().metrics().keySet())) {
            double[] values = history.epochs().stream().mapToDouble(epoch -> epoch.metrics().getOrDefault(metric, Double.NaN)).toArray();
            (metric.endsWith(".loss") ? losses : metrics).put(metric.replaceFirst("\\.", " "), values);
        }
        page.append(Charts.lines("Loss", "epoch", epochs, losses));
        for (Map.Entry<String, double[]> metric : metrics.entrySet()) {
            page.append(Charts.lines(metric.getKey(), "epoch", epochs, Map.of(metric.getKey(), metric.getValue())));
        }
        if (!history.steps().isEmpty()) {
            double[] steps = history.steps().stream().mapToDouble(step -> step.step()).toArray();
            double[] rates = history.steps().stream().mapToDouble(step -> step.learningRate()).toArray();
            page.append(Charts.lines("Learning rate", "step", steps, Map.of("learning rate", rates)));
        }
        page.append("</div></section>\n");
    }

    private void compare(String judged, Comparison comparison) throws IOException {
        page.append("<section><h2>Answers to the ").append(judged).append(" data</h2>\n<p class=\"note\">By the last weights");
        if (comparison.confusion().isPresent()) {
            Confusion confusion = comparison.confusion().get();
            boolean shown = confusion.classes().size() <= MOST_CLASSES;
            page.append(shown ? "; a row for each right class, a column for each answer.</p>\n" : ".</p>\n");
            if (shown) {
                confusion(confusion);
            }
        } else {
            page.append(", in the target's own units; a residual is the right number less the answer.</p>\n");
            residuals(comparison.samples());
        }
        page.append("</section>\n<section><h2>Rows of the ").append(judged).append(" data</h2>\n");
        Samples.write(comparison, page);
        page.append("</section>\n");
    }

    private void residuals(List<Sample> samples) throws IOException {
        double[] right = samples.stream().mapToDouble(Sample::right).toArray();
        double[] answers = samples.stream().mapToDouble(Sample::answer).toArray();
        double[] residuals = samples.stream().mapToDouble(sample -> sample.right() - sample.answer()).toArray();
        page.append("<div class=\"charts\">\n")
                .append(Charts.points("Answers", "right", "answer", right, answers, number -> number))
                .append(Charts.points("Residuals", "answer", "residual", answers, residuals, _ -> 0))
                .append("</div>\n");
    }

    private void confusion(Confusion confusion) {
        page.append("<table>\n<tr><th></th>");
        confusion.classes().forEach(name -> page.append("<th>").append(Html.escaped(name)).append("</th>"));
        page.append("</tr>\n");
        for (int right = 0; right < confusion.classes().size(); right++) {
            page.append("<tr><td>").append(Html.escaped(confusion.classes().get(right))).append("</td>");
            for (int answer = 0; answer < confusion.classes().size(); answer++) {
                long count = confusion.counts()[right][answer];
                page.append(count == 0 ? "<td>" : right == answer ? "<td class=\"right\">" : "<td class=\"wrong\">").append(count).append("</td>");
            }
            page.append("</tr>\n");
        }
        page.append("</table>\n");
    }

    private void timings() {
        double[] seconds = sorted(EpochEnded::seconds);
        double[] samples = sorted(EpochEnded::samplesPerSecond);
        page.append("<section><h2>Timings</h2>\n");
        List<List<String>> rows = new ArrayList<>(List.of(List.of("", "")));
        rows.add(List.of("the run", number(history.ended().seconds()) + " s"));
        if (seconds.length > 0) {
            rows.add(List.of("an epoch, median", number(seconds[seconds.length / 2]) + " s"));
            rows.add(List.of("the slowest epoch", number(seconds[seconds.length - 1]) + " s"));
        }
        if (samples.length > 0) {
            rows.add(List.of("rows a second, median", String.format(Locale.ROOT, "%,.0f", samples[samples.length / 2])));
        }
        page.append(Html.table(rows)).append("</section>\n");
    }

    private double[] sorted(ToDoubleFunction<EpochEnded> figure) {
        return history.epochs().stream().mapToDouble(figure).filter(Double::isFinite).sorted().toArray();
    }

    static String number(double value) {
        return String.format(Locale.ROOT, value != 0 && Math.abs(value) < 1e-3 ? "%.3e" : "%.4f", value);
    }
}
