package org.thalweg.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.api.data.DataException;
import org.thalweg.api.training.StopReason;
import org.thalweg.app.config.ConfigurationException;
import org.thalweg.app.config.ConfigurationReader;
import org.thalweg.app.plugin.PluginLoader;
import org.thalweg.app.plugin.PluginSet;

/** What a run says that cannot be, and what it leaves behind. */
class PipelineTrainerTest {
    private static final String RUN = """
            data:
              train: {type: bundled, name: iris}
              testSplit: {fraction: 0.2, stratified: true}
              transforms: [standardise]
            model:
              - {type: dense, units: 8, activation: tanh}
              - type: residual
                layer: [{type: dense, units: 5}]
              - {type: dense, units: 3}
            loss: cross-entropy
            optimizer: {type: sgd, learningRate: 0.1}
            metrics: [accuracy]
            training: {epochs: 3}
            """;

    @TempDir
    Path folder;

    @Test
    void a_layer_that_does_not_fit_is_shown_in_the_file() {
        ConfigurationException mistake = assertThrows(ConfigurationException.class, () -> train(RUN));
        assertEquals(folder.resolve("run.yaml") + ":7:5: model[1]: layer 1 (residual): the layer inside must keep the shape of its input, [32, 8], "
                + "but its output is [32, 5]", mistake.getMessage());
        assertTrue(Files.notExists(folder.resolve("results/manifest.json")), "training has not begun");
    }

    @Test
    void a_loss_and_a_metric_that_do_not_fit_are_shown_before_training_begins() {
        assertPlace("loss: ", "model=[{type: dense, units: 3}]", "loss=mse");
        assertPlace("metrics[0]: ", "model=[{type: dense, units: 3}]", "metrics=[mean-absolute-error]");
        assertPlace("model: the model has no parameters", "model=[relu]");
        assertPlace("model.layers[0]: ", "model={type: sequential, layers: [{type: residual, layer: {type: dense, units: 3}}]}");
    }

    @Test
    void a_group_without_parameters_is_shown_before_training_begins() {
        assertPlace("optimizer.groups[1].parameters: no parameter is called '*.bais'; the model has 0.weight, 0.bias", "model=[{type: dense, units: 3}]",
                "optimizer.groups=[{parameters: 0.bias, momentum: 0.5}, {parameters: '*.bais', frozen: true}]");
    }

    @Test
    void a_stop_criterion_that_reads_a_metric_of_no_epoch_is_shown_before_data_is_read() {
        String stop = "training.stop=[{type: patience, metric: validation.acuracy, epochs: 2}]";
        assertPlace("training.stop[0]: reads the metric 'validation.acuracy', which this run does not report after an epoch; add validation data, "
                + "or read 'train.loss'", stop, "data.train={type: csv, file: nowhere.csv}");
        assertPlace("training.stop[0]: reads the metric 'validation.acuracy', which this run does not report after an epoch; did you mean "
                + "'validation.accuracy'; available: train.loss, validation.accuracy, validation.loss", stop, "data.validation.fraction=0.1");
    }

    @Test
    void data_that_cannot_be_split_is_shown_in_the_file() {
        DataException mistake = assertThrows(DataException.class, () -> train(RUN, "data.testSplit.fraction=0.001"));
        assertTrue(mistake.getMessage().startsWith(folder.resolve("run.yaml") + ":3:14: data.testSplit: a fraction of 0.001 splits"), mistake.getMessage());
    }

    @Test
    void a_run_that_diverges_keeps_the_last_weights_that_were_good() throws IOException {
        StopReason reason = train(RUN, "data.train.name=diabetes", "data.testSplit.stratified=false", "model=[{type: dense, units: 1}]", "loss=mse",
                "metrics=[]", "optimizer.learningRate=1", "training.epochs=50");

        assertEquals(StopReason.Kind.DIVERGED, reason.kind());
        assertTrue(Files.readString(folder.resolve("results/metrics.jsonl")).contains("\"end\":\"diverged\""));
        Safetensors last = Safetensors.read(folder.resolve("results/last.safetensors"));
        assertEquals(10, last.tensors().get("0.weight").floats().length);
        for (float number : last.tensors().get("0.weight").floats()) {
            assertTrue(Float.isFinite(number));
        }
    }

    @Test
    void a_run_that_is_cancelled_keeps_its_weights() throws IOException {
        StopReason reason = train(RUN, List.of("model=[{type: dense, units: 3}]"), true);

        assertEquals(StopReason.Kind.CANCELLED, reason.kind());
        assertEquals("0", Safetensors.read(folder.resolve("results/last.safetensors")).metadata().get("step"));
        assertFalse(Files.exists(folder.resolve("results/best.safetensors")), "no epoch has ended");
    }

    private void assertPlace(String beginning, String... overrides) {
        ConfigurationException mistake = assertThrows(ConfigurationException.class, () -> train(RUN, overrides));
        assertTrue(mistake.getMessage().contains(": " + beginning), mistake.getMessage());
    }

    private StopReason train(String configuration, String... overrides) throws IOException {
        return train(configuration, List.of(overrides), false);
    }

    private StopReason train(String configuration, List<String> overrides, boolean cancelled) throws IOException {
        Path file = Files.writeString(folder.resolve("run.yaml"), configuration);
        try (PluginSet plugins = PluginLoader.load(PipelineTrainerTest.class.getClassLoader(), Optional.empty())) {
            return new PipelineTrainer(plugins.registry()).train(
                    ConfigurationReader.read(file, overrides, Map.of(), plugins.registry()), RunFolder.at(folder.resolve("results")), List.of(),
                    () -> cancelled);
        }
    }
}
