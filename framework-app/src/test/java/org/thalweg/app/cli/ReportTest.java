package org.thalweg.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page about a run shows. */
class ReportTest {
    @TempDir
    Path folder;

    @Test
    void a_report_of_classes_has_curves_a_confusion_matrix_and_the_configuration_and_needs_nothing_else() throws IOException {
        String page = report("iris.yaml", "--set", "training.epochs=20", "--set", "data.validation.fraction=0.2");

        for (String chart : new String[] {"Loss", "validation accuracy", "Learning rate"}) {
            assertTrue(page.contains("<img alt=\"" + chart + "\""), chart);
        }
        assertTrue(page.contains("<tr><th></th><th>setosa</th><th>versicolor</th><th>virginica</th></tr>\n<tr><td>setosa</td><td class=\"right\">10</td>"), "matrix");
        assertTrue(page.contains("loss: &quot;cross-entropy&quot;") || page.contains("loss: cross-entropy"), "configuration");
        assertTrue(page.contains("<td>the run</td>"), "timings");
        assertFalse(page.contains("://"), "nothing from elsewhere");
        assertFalse(page.contains("<script"), "no script");
    }

    @Test
    void a_report_of_numbers_has_the_answers_beside_the_right_ones() throws IOException {
        String page = report("diabetes.yaml", "--set", "training.epochs=20");
        assertTrue(page.contains("<img alt=\"Answers\"") && page.contains("<img alt=\"Residuals\""), "charts");
        String row = page.substring(page.indexOf("<th>residual</th></tr>\n") + 23).lines().findFirst().orElseThrow();
        double[] cells = Arrays.stream(row.replaceAll("<[^>]+>", " ").strip().split(" +")).mapToDouble(Double::parseDouble).toArray();
        assertEquals(cells[1] - cells[2], cells[3], 1e-3, row);
        assertTrue(cells[1] >= 25 && cells[1] <= 346, "the right number is in the target's own units: " + row);
    }

    @Test
    void rows_that_are_pictures_are_shown_as_such() throws IOException {
        String page = report("digits.yaml", "--set", "training.epochs=1", "--set", "model[2].units=16", "--set", "model[4].units=16");
        assertTrue(page.contains("<img alt=\"row 0\" class=\"pixels\" width=\"64\" height=\"64\" src=\"data:image/png;base64,"), "picture");
        assertTrue(page.contains("Wrong answers"), "wrong ones");
    }

    private String report(String example, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("train", "examples/" + example, "--run-folder", folder.resolve("run").toString()));
        arguments.addAll(List.of(more));
        assertEquals(0, InProcess.run(arguments.toArray(String[]::new)).code());
        return Files.readString(folder.resolve("run/report.html"));
    }
}
