package org.thalweg.app.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs that go on where they ended. */
class ResumeTest {
    @TempDir
    Path folder;

    /** With dropout, momentum, Adam's moments, groups, a schedule, batches that add up, and a last one that is smaller. */
    @ParameterizedTest
    @CsvSource({"digits.yaml, model[2].units=16, training.accumulate=3",
            "iris.yaml, 'optimizer={type: adam, groups: [{parameters: \"*.bias\", learningRate: 0.1}, {parameters: 0.weight, frozen: true}]}', seed=3", "schedule-and-clipping.yaml, seed=3, seed=3", "iris.yaml, dtype=float64, seed=3", "digits-triplets.yaml, model[1].units=16, data.train.perAnchor=1"})
    void two_epochs_and_two_more_are_bit_for_bit_four(String example, String first, String second) throws IOException {
        train(example, "whole", "--set", "training.epochs=4", "--set", first, "--set", second);
        train(example, "parts", "--set", "training.epochs=2", "--set", first, "--set", second);
        InProcess resumed = resume("--set", "training.epochs=4");

        assertEquals(List.of(), resumed.err());
        assertEquals(0, resumed.code());
        for (String file : List.of("last.safetensors", "best.safetensors", "state.safetensors", "configuration.yaml", "data.json")) {
            assertArrayEquals(Files.readAllBytes(folder.resolve("whole").resolve(file)), Files.readAllBytes(folder.resolve("parts").resolve(file)), file);
        }
        assertEquals(metrics("whole"), metrics("parts"));
    }

    @Test
    void patience_goes_on_too() throws IOException {
        String[] patient = {"--set", "training.stop=[{type: patience, metric: train.loss, epochs: 3, minimumDelta: 100}]"};
        train("iris.yaml", "parts", patient[0], patient[1], "--set", "training.epochs=2");
        resume("--set", "training.epochs=50");

        assertEquals(5, Files.readAllLines(folder.resolve("parts/metrics.jsonl")).size(), "4 epochs, of which the last 3 were no better, and the end");
    }

    @Test
    void what_cannot_go_on_is_wrong_input() throws IOException {
        train("iris.yaml", "parts", "--set", "training.epochs=2");
        Path state = folder.resolve("parts/state.safetensors");

        assertEquals(List.of("the run has all its 2 epochs: say how many it shall have in all with --set training.epochs=4"), resume().err());
        InProcess other = resume("--set", "training.epochs=4", "--set", "model[0].units=5");
        assertEquals(2, other.code());
        assertEquals(List.of(state + " belongs to another model: its tensor '0.weight' is FLOAT32 [16, 4], but the model's is FLOAT32 [5, 4]; name the run "
                + "folder of this model, or leave out what changes it"), other.err());
        InProcess adam = resume("--set", "training.epochs=4", "--set", "optimizer={type: adam, learningRate: 0.01}");
        assertEquals(2, adam.code());
        assertTrue(adam.err().getFirst().startsWith("the run cannot go on with another optimizer: the checkpoint "), adam.err().toString());
        Files.delete(state);
        assertEquals(List.of("there is no " + state + ": no epoch of the run has ended, so there is nothing to continue; train again"),
                resume("--set", "training.epochs=4").err());
        assertEquals(List.of("thalweg train: --resume takes configuration and folder from the run: leave out FILE; 'thalweg train --help' shows how to use it"),
                resume("examples/iris.yaml").err());
    }

    /** All but the time that they took. */
    private List<String> metrics(String run) throws IOException {
        return Files.readAllLines(folder.resolve(run).resolve("metrics.jsonl")).stream()
                .map(line -> line.replaceAll("\"(seconds|samplesPerSecond)\":[^,}]*", ""))
                .toList();
    }

    private void train(String example, String run, String... more) {
        List<String> arguments = new ArrayList<>(List.of("train", "examples/" + example, "--run-folder", folder.resolve(run).toString()));
        arguments.addAll(List.of(more));
        InProcess outcome = InProcess.run(arguments.toArray(String[]::new));
        assertEquals(List.of(), outcome.err());
        assertEquals(0, outcome.code());
    }

    private InProcess resume(String... more) {
        List<String> arguments = new ArrayList<>(List.of("train", "--resume", folder.resolve("parts").toString()));
        arguments.addAll(List.of(more));
        return InProcess.run(arguments.toArray(String[]::new));
    }
}
