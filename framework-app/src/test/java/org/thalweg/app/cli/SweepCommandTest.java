package org.thalweg.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps from their file to the table. */
class SweepCommandTest {
    private static final String GRID = """
            pipeline: %s
            vary:
              optimizer.learningRate: [0.1, 1e-6]
              model[0].units: [4, 8]
            metric: test.accuracy
            """;

    @TempDir
    Path folder;

    @Test
    void a_grid_tries_every_combination_and_shows_the_best_first() throws IOException {
        InProcess outcome = sweep(GRID, "--set", "parallel=2");

        assertEquals(List.of(), outcome.err());
        assertEquals(0, outcome.code());
        assertEquals("sweep: 4 trials, the largest test.accuracy", outcome.out().getFirst());
        assertTrue(outcome.out().getLast().matches("best test\\.accuracy: 0\\.[0-9]{4} with optimizer\\.learningRate=0\\.1 model\\[0]\\.units=[48]"), outcome.out().getLast());
        List<String> table = Files.readAllLines(folder.resolve("out/results.csv"));
        assertEquals("trial,status,epochs,test.accuracy,seconds,optimizer.learningRate,model[0].units,message", table.getFirst());
        assertEquals(5, table.size());
        assertTrue(table.get(1).contains(",0.1,") && table.get(2).contains(",0.1,") && table.get(4).contains(",1.0E-6,"), table.toString());
        assertTrue(Files.exists(folder.resolve("out/trial-004/best.safetensors")));
    }

    @Test
    void going_on_runs_only_what_is_missing() throws IOException {
        sweep(GRID);
        Path known = folder.resolve("out/trials.json");
        Files.writeString(known, Files.readString(known).replaceFirst("(?s)\\{[^}]*\"number\" : 3,[^}]*},?", "").replaceFirst(",\\s*]", "]"));
        InProcess resumed = InProcess.run("sweep", "--resume", folder.resolve("out").toString());

        assertEquals(List.of(), resumed.err());
        assertEquals(1, resumed.out().stream().filter(line -> line.startsWith("trial ") && line.contains("/4")).count(), resumed.out().toString());
        assertTrue(resumed.out().get(1).startsWith("trial 3/4, 6 epochs: test.accuracy "), resumed.out().get(1));
        assertEquals(0, resumed.code());
    }

    @Test
    void halving_lets_the_best_third_go_on() throws IOException {
        InProcess outcome = sweep("""
                pipeline: %s
                vary: {optimizer.learningRate: {from: 1e-5, to: 0.3, scale: log}}
                search: {type: successive-halving, trials: 9, factor: 3}
                metric: train.loss
                """);

        assertEquals(0, outcome.code(), outcome.err().toString());
        List<Integer> epochs = Files.readAllLines(folder.resolve("out/results.csv")).stream().skip(1).map(line -> Integer.parseInt(line.split(",")[2])).toList();
        assertEquals(List.of(6, 2, 2, 1, 1, 1, 1, 1, 1), epochs);
        assertEquals(7, Files.readAllLines(folder.resolve(String.format("out/trial-%03d/metrics.jsonl", best()))).size(), "6 epochs, told once each, and the end");
    }

    @Test
    void a_trial_that_diverges_is_a_row_and_not_the_end() throws IOException {
        InProcess outcome = sweep(GRID.replace("1e-6", "1e300"));

        assertEquals(0, outcome.code());
        List<String> table = Files.readAllLines(folder.resolve("out/results.csv"));
        assertTrue(table.get(3).contains(",diverged,6,,"), table.toString());
        assertTrue(table.get(4).contains(",diverged,6,,"), table.toString());
    }

    @Test
    void mistakes_are_told_before_anything_trains() throws IOException {
        assertEquals(List.of(folder.resolve("sweep.yaml") + ":5:9: metric: the pipeline does not report 'test.acuracy'; did you mean 'test.accuracy'; "
                + "available: test.accuracy, test.loss, train.loss"), sweep(GRID.replace("test.accuracy", "test.acuracy")).err());
        assertEquals(List.of(folder.resolve("sweep.yaml") + ":4:19: vary.model[0].units: must be a list of values, as [0.01, 0.1], or a range, as {from: 1e-4, to: 0.1, scale: log}"),
                sweep(GRID.replace("[4, 8]", "4")).err());
        assertEquals(List.of("--set model[0].units=0: model[0].units: must be at least 1, but is 0"), sweep(GRID.replace("[4, 8]", "[0, 8]")).err());
        assertEquals(2, sweep(GRID.replace("test.accuracy", "test.acuracy")).code());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(2, files.count(), "nothing was written");
        }
    }

    private int best() throws IOException {
        return Integer.parseInt(Files.readAllLines(folder.resolve("out/results.csv")).get(1).split(",")[0]);
    }

    private InProcess sweep(String text, String... more) throws IOException {
        String iris = Files.readString(Path.of("examples/iris.yaml")).replace("epochs: 60", "epochs: 6");
        Path pipeline = Files.writeString(folder.resolve("iris.yaml"), iris);
        Path file = Files.writeString(folder.resolve("sweep.yaml"), text.formatted(pipeline));
        return InProcess.run(Stream.concat(Stream.of("sweep", file.toString(), "--output", folder.resolve("out").toString()), Stream.of(more)).toArray(String[]::new));
    }
}
