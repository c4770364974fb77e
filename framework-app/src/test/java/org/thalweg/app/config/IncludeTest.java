package org.thalweg.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.api.layer.Sequence;
import org.thalweg.app.plugin.TestPlugin;
import org.thalweg.app.plugin.TestPlugin.Adam;
import org.thalweg.app.plugin.TestPlugin.Numbers;

/** Configurations in several files. */
class IncludeTest {
    @TempDir
    Path folder;

    @BeforeEach
    void writeBase() throws IOException {
        Files.createDirectory(folder.resolve("shared"));
        write("shared/data.yaml", """
                data:
                  train: {type: numbers, rows: 100}
                  batchSize: 10
                """);
        write("shared/base.yaml", """
                include: data.yaml
                model: [flatten, {type: dense, units: 8}]
                loss: cross-entropy
                optimizer: {type: adam, learningRate: 0.5, betas: [0.1]}
                training: {epochs: 2}
                """);
    }

    @Test
    void maps_are_merged_lists_are_replaced_and_the_including_file_wins() throws IOException {
        RunConfiguration run = read("""
                include: shared/base.yaml
                data: {batchSize: 64}
                model: [flatten]
                optimizer: {learningRate: 0.25}
                """).run();

        assertEquals("run", run.name());
        assertEquals(new Numbers(100), run.data().train());
        assertEquals(64, run.data().batchSize());
        assertEquals(1, ((Sequence) run.model()).layers().size());
        assertEquals(new Adam(0.25, List.of(0.1)), run.optimizer().optimizer());
    }

    @Test
    void another_plugin_takes_no_settings_of_the_one_it_replaces() throws IOException {
        write("other.yaml", "data: {train: {type: numbers, rows: 7}}\n");
        assertEquals(new Numbers(10), read("include: [shared/base.yaml, other.yaml]\ndata: {train: numbers}\n").run().data().train());
        assertEquals(new Numbers(7), read("include: [shared/base.yaml, other.yaml]\n").run().data().train());
        write("bare.yaml", "data: {train: numbers}\n");
        assertEquals(new Numbers(3), read("include: [shared/base.yaml, bare.yaml]\ndata: {train: {rows: 3}}\n").run().data().train());
    }

    @Test
    void a_problem_names_the_file_in_which_it_stands() throws IOException {
        write("shared/data.yaml", "data:\n  train: {type: numbers, rows: many}\n");
        assertProblems("""
                include:
                  - shared/base.yaml
                training: {epochs: 0}
                """,
                "run.yaml:3:20: training.epochs: must be at least 1, but is 0",
                "shared/data.yaml:2:32: data.train.rows: must be a whole number, but is 'many'");
    }

    @Test
    void variables_and_overrides_reach_everywhere_and_what_is_written_needs_no_other_file() throws IOException {
        write("shared/data.yaml", "data:\n  train:\n    type: numbers\n    rows: ${ROWS}\n");
        LoadedConfiguration read = read("include: shared/base.yaml\n", "optimizer.learningRate=0.125");

        assertEquals(new Numbers(12), read.run().data().train());
        assertEquals(0.125, ((Adam) read.run().optimizer().optimizer()).learningRate());
        Files.delete(folder.resolve("shared/data.yaml"));
        assertEquals(read.run(), read(read.yaml()).run());
        assertTrue(read.yaml().contains("rows: ${ROWS}"), read.yaml());
    }

    @Test
    void includes_that_cannot_be_followed_are_shown_where_they_stand() throws IOException {
        assertProblems("include: gone.yaml\n", "run.yaml:1:10: include: there is no file gone.yaml: a relative name starts from the folder of the file that "
                + "includes it");
        assertProblems("include: [shared/base.yaml, 7]\n", "run.yaml:1:29: include[1]: must be the name of a file, or a list of names, as in 'include: "
                + "base.yaml'");
        assertProblems("include: {file: a.yaml}\n", "run.yaml:1:10: include: must be the name of a file, or a list of names, as in 'include: base.yaml'");
        assertProblems("include: shared\n", "run.yaml:1:10: include: shared is a folder: name a YAML file that describes a run");
        write("shared/data.yaml", "include: ../run.yaml\n");
        assertProblems("include: shared/base.yaml\n",
                "shared/data.yaml:1:10: include: includes itself (run.yaml -> base.yaml -> data.yaml -> run.yaml): take one of these includes out");
    }

    @Test
    void includes_without_end_are_refused() throws IOException {
        for (int i = 0; i < 30; i++) {
            write("f" + i + ".yaml", "include: [f%d.yaml, f%d.yaml]\n".formatted(i + 1, i + 1));
        }
        write("f30.yaml", "seed: 1\n");
        assertProblems("include: f0.yaml\n", "f29.yaml:1:11: include[0]: includes more than 100 files in all: put them together");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private LoadedConfiguration read(String text, String... overrides) throws IOException {
        write("run.yaml", text);
        return ConfigurationReader.read(folder.resolve("run.yaml"), List.of(overrides), Map.of("ROWS", "12"), TestPlugin.registry());
    }

    private void assertProblems(String text, String... expected) {
        ConfigurationException wrong = assertThrows(ConfigurationException.class, () -> read(text));
        assertEquals(List.of(expected), wrong.getMessage().lines().map(line -> line.replace(folder + "/", "")).toList());
    }
}
