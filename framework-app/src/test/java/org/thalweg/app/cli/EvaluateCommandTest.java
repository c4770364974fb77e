package org.thalweg.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of models that were trained before. */
class EvaluateCommandTest {
    @TempDir
    Path folder;

    @Test
    void the_last_weights_are_judged_as_they_were_in_training() {
        InProcess trained = train("iris.yaml", "--set", "training.epochs=5", "--set", "data.validation.fraction=0.2");
        InProcess judged = run("--weights", "last");

        assertEquals(List.of(), judged.err());
        assertEquals(0, judged.code());
        assertEquals("iris, last weights, test data: 30 rows", judged.out().getFirst());
        assertTrue(judged.out().get(1).startsWith("test loss: "), judged.out().toString());
        assertEquals(trained.out().getLast(), judged.out().get(2));

        String epoch = trained.out().get(5);
        List<String> validation = run("--weights", "last", "--data", "validation").out();
        assertTrue(epoch.contains(validation.get(1).replace(": ", " ")), epoch + " and " + validation);
        assertTrue(epoch.contains(validation.get(2).replace(": ", " ")), epoch + " and " + validation);
    }

    @Test
    void layers_do_not_behave_as_in_training() {
        InProcess trained = train("digits.yaml", "--set", "training.epochs=1", "--set", "model[2].units=32", "--set", "model[4].units=32");

        assertEquals(trained.out().getLast(), run().out().get(2));
    }

    @Test
    void batch_normalisation_uses_its_running_moments_whatever_the_batch() throws IOException {
        Path file = Files.writeString(folder.resolve("convolution.yaml"), """
                name: convolution
                data:
                  train: {type: bundled, name: digits}
                  testSplit: {fraction: 0.2}
                  validation: {fraction: 0.2}
                  transforms: [{type: scale, by: 0.0625}]
                model:
                  - {type: reshape, extents: [1, 8, 8]}
                  - random-shift
                  - {type: conv2d, channels: 4, size: 3, padding: 1}
                  - batch-norm
                  - relu
                  - {type: max-pool2d, size: 2}
                  - flatten
                  - {type: dropout, rate: 0.3}
                  - {type: dense, units: 10}
                loss: cross-entropy
                optimizer: {type: adam, learningRate: 0.01}
                metrics: [accuracy]
                training: {epochs: 1}
                """);
        InProcess trained = InProcess.run("train", file.toString(), "--run-folder", folder.resolve("run").toString());
        List<String> judged = run("--weights", "last").out();
        List<String> validation = run("--weights", "last", "--data", "validation").out();

        assertEquals(trained.out().getLast(), judged.get(2));
        String epoch = trained.out().get(1);
        assertTrue(epoch.contains(validation.get(1).replace(": ", " ")), epoch + " and " + validation);
        assertTrue(epoch.contains(validation.get(2).replace(": ", " ")), epoch + " and " + validation);
        assertEquals(judged, run("--weights", "last", "--set", "data.batchSize=7").out());
    }

    @Test
    void relative_data_files_are_found_where_the_configuration_was() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.copy(Path.of("examples/stopping-distances.csv"), elsewhere.resolve("stopping-distances.csv"));
        Path file = Files.copy(Path.of("examples/csv.yaml"), elsewhere.resolve("csv.yaml"));
        InProcess trained = InProcess.run("train", file.toString(), "--run-folder", folder.resolve("run").toString(), "--set", "training.epochs=2");

        assertEquals(trained.out().getLast(), run("--weights", "last").out().get(2));
    }

    @Test
    void data_that_has_changed_since_is_warned_of() throws IOException {
        Path data = Files.copy(Path.of("examples/stopping-distances.csv"), folder.resolve("stopping-distances.csv"));
        Path file = Files.copy(Path.of("examples/csv.yaml"), folder.resolve("csv.yaml"));
        InProcess.run("train", file.toString(), "--run-folder", folder.resolve("run").toString(), "--set", "training.epochs=1");
        assertEquals(List.of(), run().err());

        Files.writeString(data, Files.readString(data) + "20,50\n");
        InProcess judged = run();
        assertEquals(0, judged.code());
        assertEquals(1, judged.err().size());
        assertTrue(judged.err().getFirst().matches("warning: data\\.train is not what the run was made with: it had 50 rows with checksum [0-9a-f]{8} and has "
                + "51 rows with checksum [0-9a-f]{8}"), judged.err().toString());
    }

    @Test
    void weights_of_another_model_are_refused_with_the_first_tensor_that_differs() {
        train("iris.yaml", "--set", "training.epochs=1");
        Path best = folder.resolve("run/best.safetensors");

        assertWrong(best + " belongs to another model: its tensor '0.weight' is FLOAT32 [16, 4], but the model's is FLOAT32 [8, 4]; name the run folder of "
                + "this model, or leave out what changes it", "--set", "model[0].units=8");
        assertWrong(best + " belongs to another model: it has a tensor '1.bias', which the model has not; name the run folder of this model, or leave out "
                + "what changes it", "--set", "model[1].bias=false");
        assertWrong(best + " belongs to another model: its tensor '0.weight' is FLOAT32 [16, 4], but the model's is FLOAT64 [16, 4]; name the run folder of "
                + "this model, or leave out what changes it", "--set", "dtype=float64");
    }

    @Test
    void what_is_no_run_folder_and_a_part_that_the_run_has_not_are_wrong_input() {
        assertWrong("there is no run folder " + folder.resolve("run") + ": name one that 'thalweg train' has written, as runs/iris-20260101-120000");
        train("iris.yaml", "--set", "training.epochs=1");
        assertWrong("the run has no validation data: evaluate test or train with --data, or add some with --set data.validation.fraction=0.2",
                "--data", "validation");
    }

    @Test
    void a_damaged_file_of_weights_is_refused() throws IOException {
        train("iris.yaml", "--set", "training.epochs=1");
        Path best = folder.resolve("run/best.safetensors");
        Files.write(best, Arrays.copyOf(Files.readAllBytes(best), 700));

        InProcess outcome = run();
        assertEquals(2, outcome.code());
        assertTrue(outcome.err().getFirst().startsWith(best + " is cut off: "), outcome.err().toString());
    }

    private InProcess train(String example, String... more) {
        return InProcess.run(Stream.concat(
                Stream.of("train", "examples/" + example, "--run-folder", folder.resolve("run").toString()),
                Arrays.stream(more)).toArray(String[]::new));
    }

    private InProcess run(String... more) {
        return InProcess.run(Stream.concat(
                Stream.of("evaluate", folder.resolve("run").toString()), Arrays.stream(more)).toArray(String[]::new));
    }

    private void assertWrong(String sentence, String... more) {
        InProcess outcome = run(more);
        assertEquals(List.of(sentence), outcome.err());
        assertEquals(2, outcome.code());
    }
}
