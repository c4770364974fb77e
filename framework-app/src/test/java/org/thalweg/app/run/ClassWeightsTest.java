package org.thalweg.app.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.api.data.DataException;
import org.thalweg.app.config.ConfigurationException;
import org.thalweg.app.config.ConfigurationReader;
import org.thalweg.app.config.LoadedConfiguration;
import org.thalweg.app.plugin.PluginLoader;
import org.thalweg.app.plugin.PluginSet;
import org.thalweg.app.run.StoredRun.WeightsChoice;

/** Weights of classes, from the configuration to the loss. */
class ClassWeightsTest {
    /** Six rows of cat, two of dog and one of eel. */
    private static final String TABLE = "x,kind\n0,cat\n1,cat\n2,cat\n3,cat\n4,cat\n5,cat\n6,dog\n7,dog\n8,eel\n";
    private static final String RUN = """
            data:
              train: {type: csv, file: animals.csv, target: kind}
              test: {type: csv, file: animals.csv, target: kind}
            model: {type: dense, units: 3}
            loss: cross-entropy
            classWeights: balanced
            optimizer: {type: sgd, learningRate: 0.01}
            training: {epochs: 3}
            """;
    private static final String NUMBERS = "classWeights={cat: 0.5, dog: 1.5, eel: 3}";

    @TempDir
    Path folder;

    @Test
    void balanced_weights_are_the_rows_over_classes_times_rows_of_the_class() throws IOException {
        train("balanced", RUN);
        train("numbers", RUN, NUMBERS);
        train("list", RUN, "classWeights=[0.5, 1.5, 3]");
        train("inside", RUN.replace("classWeights: balanced\n", ""), "loss={type: cross-entropy, weight: [0.5, 1.5, 3]}");
        train("none", RUN.replace("classWeights: balanced\n", ""));

        byte[] weights = weights("balanced");
        assertArrayEquals(weights, weights("numbers"));
        assertArrayEquals(weights, weights("list"));
        assertArrayEquals(weights, weights("inside"));
        assertTrue(!Arrays.equals(weights, weights("none")));
    }

    @Test
    void a_run_keeps_the_numbers_and_is_evaluated_and_resumed_by_them() throws IOException {
        train("run", RUN);
        Object kept = stored("run").configuration().tree().get("classWeights");
        assertEquals(Map.of("cat", 0.5, "dog", 1.5, "eel", 3.0), kept);
        double loss = RunEvaluation.of(stored("run"), Optional.empty(), WeightsChoice.LAST).metrics().get("test.loss");

        // Other rows, where balanced weights would be others.
        Files.writeString(folder.resolve("animals.csv"), TABLE + "8,eel\n8,eel\n");
        train("more", RUN, NUMBERS);
        assertEquals(kept, stored("run").configuration().tree().get("classWeights"));
        assertTrue(RunEvaluation.of(stored("run"), Optional.empty(), WeightsChoice.LAST).metrics().get("test.loss") != loss);
        try (PluginSet plugins = plugins()) {
            StoredRun run = StoredRun.read(folder.resolve("run"), List.of("training.epochs=4"), Map.of(), plugins.registry());
            new PipelineTrainer(plugins.registry()).resume(run, List.of(), () -> false);
        }
        assertEquals(kept, stored("run").configuration().tree().get("classWeights"));
    }

    @Test
    void two_classes_of_one_question_are_weighed_too() throws IOException {
        String binary = RUN.replace("units: 3", "units: 1").replace("loss: cross-entropy", "loss: binary-cross-entropy-with-logits");
        Files.writeString(folder.resolve("animals.csv"), TABLE.replace("8,eel\n", ""));
        train("balanced", binary);
        train("inside", binary.replace("classWeights: balanced\n", ""),
                "loss={type: binary-cross-entropy-with-logits, weight: [" + 8 / (2 * 6.0) + "], posWeight: [3]}");

        double[] got = numbers("balanced");
        double[] want = numbers("inside");
        assertArrayEquals(want, got, 1e-6);
    }

    @Test
    void mistakes_in_the_setting_are_shown_before_data_is_read() {
        assertConfiguration("classWeights: must be 'balanced', a list of a number for each class, or a map from category to number", "classWeights=balance");
        assertConfiguration("classWeights[1]: must be a number of at least 0, but is -1", "classWeights=[1, -1]");
        assertConfiguration("classWeights.cat: must be a number of at least 0, but is much", "classWeights={cat: much}");
        assertConfiguration("classWeights: the loss 'mse' takes no weights of classes: leave them out, or take one that judges by class numbers, "
                + "as cross-entropy", "loss=mse");
        assertConfiguration("classWeights: the loss has weights of its own: keep one of the two", "loss={type: cross-entropy, weight: [1, 2, 3]}");
    }

    @Test
    void weights_that_do_not_fit_the_classes_are_shown_in_the_file() {
        assertData("classWeights.cow: column 'target' has no category 'cow'; available: cat, dog, eel", "classWeights={cat: 1, dog: 2, cow: 3}");
        assertData("classWeights: category 'eel' has no weight: give one for each of [cat, dog, eel]", "classWeights={cat: 1, dog: 2}");
        assertData("classWeights: class 2 ('eel') does not occur in the training data, so it cannot be balanced: give the weights as numbers, or add rows of that class",
                "data.validation={fraction: 0.34, stratified: false}", "seed=" + seedThatTakesTheEel());
    }

    /** The only eel falls into the validation data. */
    private long seedThatTakesTheEel() {
        for (long seed = 0; ; seed++) {
            String set = "seed=" + seed;
            try {
                train("seed" + seed, RUN, "data.validation={fraction: 0.34, stratified: false}", set);
            } catch (DataException found) {
                return seed;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void assertConfiguration(String expected, String override) {
        ConfigurationException wrong = assertThrows(ConfigurationException.class, () -> train("wrong", RUN, override));
        assertEquals(1, wrong.problems().size(), wrong.getMessage());
        assertTrue(wrong.getMessage().endsWith(": " + expected), wrong.getMessage());
    }

    private void assertData(String expected, String... overrides) {
        DataException wrong = assertThrows(DataException.class, () -> train("wrong", RUN, overrides));
        assertTrue(wrong.getMessage().endsWith(": " + expected), wrong.getMessage());
    }

    private byte[] weights(String run) throws IOException {
        return Files.readAllBytes(folder.resolve(run).resolve("last.safetensors"));
    }

    private double[] numbers(String run) throws IOException {
        return Safetensors.read(folder.resolve(run).resolve("last.safetensors")).tensors().get("weight").toDoubles();
    }

    private static PluginSet plugins() throws IOException {
        return PluginLoader.load(ClassWeightsTest.class.getClassLoader(), Optional.empty());
    }

    private StoredRun stored(String run) throws IOException {
        try (PluginSet plugins = plugins()) {
            return StoredRun.read(folder.resolve(run), List.of(), Map.of(), plugins.registry());
        }
    }

    private void train(String run, String text, String... overrides) throws IOException {
        Path table = folder.resolve("animals.csv");
        if (Files.notExists(table)) {
            Files.writeString(table, TABLE);
        }
        Path file = Files.writeString(folder.resolve("run.yaml"), text);
        try (PluginSet plugins = plugins()) {
            LoadedConfiguration configuration = ConfigurationReader.read(file, List.of(overrides), Map.of(), plugins.registry());
            new PipelineTrainer(plugins.registry()).train(configuration, RunFolder.at(folder.resolve(run)), List.of(), () -> false);
        }
    }
}
