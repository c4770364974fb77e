package org.thalweg.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.api.training.StopReason;
import org.thalweg.api.training.TrainingListener.EpochEnded;
import org.thalweg.api.training.TrainingListener.RunEnded;
import org.thalweg.app.plugin.TestPlugin;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RunFolderTest {
    private static final LocalDateTime TIME = LocalDateTime.of(2026, 3, 4, 5, 6, 7);

    @TempDir
    Path folder;

    @Test
    void a_new_folder_is_named_after_run_and_time() throws IOException {
        RunFolder created = RunFolder.create(folder.resolve("runs"), "iris", TIME);

        assertEquals(folder.resolve("runs/iris-20260304-050607"), created.path());
        assertTrue(Files.isDirectory(created.path()));
    }

    @Test
    void a_second_run_of_the_same_second_gets_a_number() throws IOException {
        RunFolder.create(folder, "iris", TIME);
        assertEquals(folder.resolve("iris-20260304-050607-2"), RunFolder.create(folder, "iris", TIME).path());
    }

    @Test
    void a_name_cannot_lead_out_of_the_runs() throws IOException {
        assertEquals(folder.resolve("..-iris-net-20260304-050607"), RunFolder.create(folder, "../iris net", TIME).path());
    }

    @Test
    void a_given_folder_may_be_absent_or_empty() throws IOException {
        Path given = folder.resolve("a/b");
        assertEquals(given, RunFolder.at(given).path());
        assertEquals(given, RunFolder.at(given).path());
    }

    @Test
    void a_given_folder_that_cannot_serve_is_refused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertEquals("the run folder " + folder + " is not empty: name another one, or empty it", refusal(folder));
        assertEquals("the run folder " + file + " is a file: name a folder that is empty or not there yet", refusal(file));
        assertEquals("the run folder " + file.resolve("sub") + " cannot be used (" + file.resolve("sub")
                + ": Not a directory): name another one with --run-folder", refusal(file.resolve("sub")));
    }

    @Test
    void the_manifest_tells_what_the_run_was_made_with() throws IOException {
        RunFolder run = RunFolder.at(folder.resolve("run"));
        run.writeManifest(Manifest.of("iris", 7, TestPlugin.registry()).with("kernels", "vector"));

        JsonNode manifest = JsonMapper.shared().readTree(run.file("manifest.json"));
        assertEquals(
                List.of("run", "seed", "thalweg", "plugins", "java", "jvm", "os", "processors", "kernels"), List.copyOf(manifest.propertyNames()));
        assertEquals("test.jar", manifest.path("plugins").path("test").stringValue());
        assertEquals(7, manifest.path("seed").intValue());
        assertTrue(manifest.path("thalweg").stringValue().matches("[0-9]+\\.[0-9]+\\.[0-9]+.*"), manifest.toString());
    }

    @Test
    void every_epoch_is_a_line_as_soon_as_it_ends() throws IOException {
        RunFolder run = RunFolder.at(folder.resolve("run"));
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("train.loss", 0.5);
        figures.put("validation.loss", Double.NaN);

        run.metrics().forEach(listener -> listener.epochEnded(new EpochEnded(1, 10, figures, 0.25, 4000)));
        assertEquals("{\"epoch\":1,\"step\":10,\"train.loss\":0.5,\"validation.loss\":null,\"seconds\":0.25,\"samplesPerSecond\":4000.0}\n",
                Files.readString(run.file("metrics.jsonl")));
        run.metrics().forEach(listener -> listener.epochEnded(new EpochEnded(2, 20, figures, 0.25, 4000)));
        assertEquals(2, Files.readAllLines(run.file("metrics.jsonl")).size());
    }

    @Test
    void the_last_line_is_about_the_whole_run_and_the_test_data() throws IOException {
        RunFolder run = RunFolder.at(folder.resolve("run"));
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("train.loss", 0.5);
        figures.put("test.accuracy", 0.75);

        RunEnded end = new RunEnded(new StopReason(StopReason.Kind.CONVERGED, "the loss no longer falls"), figures, 3, 1.5);
        run.metrics().forEach(listener -> listener.runEnded(end));
        assertEquals("{\"end\":\"converged\",\"bestEpoch\":3,\"test.accuracy\":0.75,\"seconds\":1.5}\n", Files.readString(run.file("metrics.jsonl")));
    }

    @Test
    void a_folder_that_nothing_was_written_to_can_be_removed_and_no_other() throws IOException {
        RunFolder run = RunFolder.at(folder.resolve("run"));
        run.writeJson("result.json", 1);
        run.removeIfEmpty();
        assertTrue(Files.exists(run.file("result.json")));

        Files.delete(run.file("result.json"));
        run.removeIfEmpty();
        run.removeIfEmpty();
        assertTrue(Files.notExists(run.path()));
    }

    private static String refusal(Path folder) {
        return assertThrows(IOException.class, () -> RunFolder.at(folder)).getMessage();
    }
}
