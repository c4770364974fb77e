package org.thalweg.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Parts of the data, and runs over all folds. */
class SplitsTest {
    @TempDir
    Path folder;

    @Test
    void folds_are_trained_one_after_another_and_end_with_mean_and_deviation() throws IOException {
        InProcess outcome = train("examples/iris.yaml", "--folds", "3", "--set", "training.epochs=5");

        assertEquals(List.of(), outcome.err());
        assertEquals(0, outcome.code());
        double[] figures = outcome.out().stream().filter(line -> line.matches("test accuracy: [0-9.]+")).mapToDouble(SplitsTest::figure).toArray();
        assertEquals(3, figures.length);
        double mean = IntStream.range(0, 3).mapToDouble(i -> figures[i]).sum() / 3;
        double deviation = Math.sqrt(IntStream.range(0, 3).mapToDouble(i -> Math.pow(figures[i] - mean, 2)).sum() / 2);
        assertEquals("test accuracy: %.4f +- %.4f (mean and standard deviation of 3 folds)".formatted(mean, deviation), outcome.out().getLast());
        for (int fold = 1; fold <= 3; fold++) {
            assertEquals(50, rows("fold-" + fold, "test"));
        }
    }

    @Test
    void validation_takes_a_fold_of_what_the_test_leaves() throws IOException {
        assertEquals(0, train("examples/iris.yaml", "--set", "training.epochs=1", "--set", "data.testSplit={fold: 2, of: 5, stratified: true}", "--set",
                "data.validation={fold: 1, of: 4}").code());
        assertEquals(30, rows(".", "test"));
        assertEquals(30, rows(".", "validation"));
        assertEquals(90, rows(".", "training"));
    }

    @Test
    void a_column_tells_which_rows_are_the_test() throws IOException {
        StringBuilder rows = new StringBuilder("x,y,part\n");
        for (int i = 0; i < 20; i++) {
            rows.append(i).append(',').append(2 * i).append(i % 4 == 0 ? ",held out" : i % 4 == 1 ? ",check" : ",learn").append('\n');
        }
        Files.writeString(folder.resolve("a.csv"), rows);
        Path file = Files.writeString(folder.resolve("a.yaml"), """
                data:
                  train: {type: csv, file: a.csv, target: y, targetType: number, columns: {part: [part]}, types: {part: class}}
                  testSplit: {column: part, equals: [held out]}
                  validation: {column: part, equals: [check]}
                  transforms: [standardise]
                model: {type: dense, units: 1}
                loss: mse
                optimizer: {type: sgd, learningRate: 0.1}
                training: {epochs: 1}
                """);
        InProcess outcome = train(file.toString());
        assertEquals(List.of(), outcome.err());
        assertEquals(5, rows(".", "test"));
        assertEquals(5, rows(".", "validation"));
        assertEquals(10, rows(".", "training"));

        InProcess wrong = InProcess.run("train", file.toString(), "--run-folder", folder.resolve("other").toString(), "--set", "data.testSplit.equals=[x]");
        assertEquals(2, wrong.code());
        assertTrue(wrong.err().getFirst().contains("data.testSplit: column 'part' has no category 'x'; available: check, held out, learn"), wrong.err().toString());
    }

    @Test
    void folds_and_test_data_of_one_s_own_contradict_each_other() {
        InProcess outcome = train("examples/inline.yaml", "--folds", "2");
        assertEquals(2, outcome.code());
        assertTrue(outcome.err().getFirst().endsWith(": data.test: --folds takes the test data from 'train': leave 'test' out, or take it back with --set "
                + "data.test="), outcome.err().toString());
        assertTrue(Files.notExists(folder.resolve("run")));
    }

    private InProcess train(String file, String... more) {
        List<String> arguments = new ArrayList<>(List.of("train", file, "--run-folder", folder.resolve("run").toString()));
        arguments.addAll(List.of(more));
        return InProcess.run(arguments.toArray(String[]::new));
    }

    private int rows(String run, String part) throws IOException {
        String manifest = Files.readString(folder.resolve("run").resolve(run).resolve("manifest.json"));
        return JsonMapper.shared().readTree(manifest).path("data").path("rows").path(part).intValue();
    }

    private static double figure(String line) {
        return Double.parseDouble(line.substring(line.indexOf(':') + 2));
    }
}
