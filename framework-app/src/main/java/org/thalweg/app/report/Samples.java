package org.thalweg.app.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.thalweg.app.predict.Comparison;
import org.thalweg.app.predict.Comparison.Sample;

/** Some rows with what is right and what the model answers: as pictures where they are some, else as a table. */
final class Samples {
    private static final int MOST_ROWS = 16;

    private Samples() {}

    static void write(Comparison comparison, StringBuilder page) throws IOException {
        List<String> classes = comparison.confusion().map(Comparison.Confusion::classes).orElse(List.of());
        if (classes.isEmpty()) {
            numbers(comparison.samples(), page);
            return;
        }
        kind("The first ones", comparison, classes, comparison.samples().stream().filter(sample -> sample.row() < MOST_ROWS).toList(), page);
        kind("Wrong answers", comparison, classes, comparison.samples().stream().filter(sample -> sample.right() != sample.answer()).toList(), page);
    }

    private static void numbers(List<Sample> samples, StringBuilder page) {
        List<List<String>> rows = new ArrayList<>(List.of(List.of("row", "right", "answer", "residual")));
        samples.stream().limit(MOST_ROWS).forEach(sample -> rows.add(List.of(Integer.toString(sample.row()), Report.number(sample.right()),
                Report.number(sample.answer()), Report.number(sample.right() - sample.answer()))));
        page.append(Html.table(rows));
    }

    private static void kind(String title, Comparison comparison, List<String> classes, List<Sample> samples, StringBuilder page) throws IOException {
        if (samples.isEmpty()) {
            return;
        }
        page.append("<p class=\"note\">").append(title).append("</p>\n");
        if (Pictures.areIn(comparison.inputShape())) {
            page.append("<div class=\"samples\">\n");
            for (Sample sample : samples) {
                picture(comparison, classes, sample, page);
            }
            page.append("</div>\n");
            return;
        }
        page.append("<table>\n<tr><th>row</th><th>right</th><th>answer</th><th>probability</th></tr>\n");
        for (Sample sample : samples) {
            page.append("<tr><td>").append(sample.row()).append("</td><td>").append(name(classes, sample.right())).append("</td><td class=\"")
                    .append(style(sample)).append("\">").append(name(classes, sample.answer())).append("</td><td>").append(certainty(sample))
                    .append("</td></tr>\n");
        }
        page.append("</table>\n");
    }

    private static void picture(Comparison comparison, List<String> classes, Sample sample, StringBuilder page) throws IOException {
        String right = name(classes, sample.right());
        String answer = name(classes, sample.answer());
        page.append("<div class=\"sample ").append(style(sample)).append("\">")
                .append(Pictures.of(comparison.inputShape(), sample.input(), "row " + sample.row()))
                .append("<br>").append(right).append(sample.right() == sample.answer() ? "" : ", not " + answer)
                .append("<br>").append(certainty(sample)).append("</div>\n");
    }

    private static String style(Sample sample) {
        return sample.right() == sample.answer() ? "right" : "wrong";
    }

    private static String name(List<String> classes, double number) {
        return Html.escaped(classes.get((int) number));
    }

    private static String certainty(Sample sample) {
        return Double.isNaN(sample.certainty()) ? "" : Report.number(sample.certainty());
    }
}
