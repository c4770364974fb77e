package org.thalweg.app.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.api.data.DataException;
import org.thalweg.app.config.ConfigurationReader;
import org.thalweg.app.config.LoadedConfiguration;
import org.thalweg.app.pipeline.StoredTensor;
import org.thalweg.app.pipeline.Weights;
import org.thalweg.app.plugin.PluginRegistry;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A run that left a folder behind.
 *
 * @param folder what it left
 * @param configuration as it was, with overrides applied; data files are looked for where the original file was
 */
public record StoredRun(RunFolder folder, LoadedConfiguration configuration) {
    /** Which of the weights that a run leaves. */
    public enum WeightsChoice {
        /** Those of the best epoch. */
        BEST,
        /** Those after the last step. */
        LAST
    }

    /**
     * Reads a run folder.
     *
     * @param overrides as {@code data.batchSize=1000}
     * @param environment what {@code ${NAME}} stands for in the overrides
     * @throws IOException where it is no run folder
     * @throws org.thalweg.app.config.ConfigurationException where the plugins do not know its configuration any more
     */
    public static StoredRun read(Path path, List<String> overrides, Map<String, String> environment, PluginRegistry plugins) throws IOException {
        RunFolder folder = RunFolder.of(path);
        LoadedConfiguration configuration = ConfigurationReader.read(folder.file(RunFolder.CONFIGURATION), overrides, environment, plugins);
        return new StoredRun(folder, configuration.in(configurationFolder(folder)));
    }

    private static Path configurationFolder(RunFolder folder) throws IOException {
        String original = manifest(folder).path("configurationFolder").asString("");
        return original.isEmpty() ? folder.path().toAbsolutePath() : Path.of(original);
    }

    /** What the run was made with; empty where the folder does not say. */
    private static JsonNode manifest(RunFolder folder) throws IOException {
        Path manifest = folder.file(RunFolder.MANIFEST);
        try {
            return Files.exists(manifest) ? JsonMapper.shared().readTree(manifest.toFile()) : JsonMapper.shared().createObjectNode();
        } catch (JacksonException e) {
            throw new IOException(manifest + " is not JSON: it is damaged; train again, or take it from a copy", e);
        }
    }

    /** Which of the data is no longer what the run was made with, in a sentence each. */
    List<String> changes(RunData data) throws IOException {
        JsonNode before = manifest(folder).path("data");
        List<String> changes = new ArrayList<>();
        data.sources().forEach((name, now) -> {
            JsonNode then = before.path(name);
            JsonNode found = JsonMapper.shared().valueToTree(now);
            if (!then.isMissingNode() && !then.path("crc32c").equals(found.path("crc32c"))) {
                changes.add("data." + name + " is not what the run was made with: it had " + described(then) + " and has " + described(found));
            }
        });
        return changes;
    }

    private static String described(JsonNode source) {
        return source.path("rows").asString() + " rows with checksum " + source.path("crc32c").asString();
    }

    /**
     * The weights in a file, by path.
     *
     * @param model what the configuration's model has
     * @throws DataException where the file belongs to another model
     */
    Map<String, double[]> weights(WeightsChoice choice, Weights model) throws IOException {
        Path file = folder.file(choice == WeightsChoice.BEST ? "best.safetensors" : "last.safetensors");
        if (!Files.exists(file)) {
            throw new IOException("there is no " + file + ": " + (choice == WeightsChoice.BEST
                    ? "no epoch of the run has ended; continue it with 'thalweg train --resume', or take the last weights"
                    : "the run ended before its first step; train again"));
        }
        return checked(file, Safetensors.read(file).tensors(), model);
    }

    /** The numbers of tensors that agree with a model's in name, type and shape. */
    static Map<String, double[]> checked(Path file, Map<String, TensorData> stored, Weights model) {
        Map<String, StoredTensor> wanted = new LinkedHashMap<>(model.parameters());
        wanted.putAll(model.state());
        Map<String, double[]> values = new LinkedHashMap<>();
        wanted.forEach((path, tensor) -> {
            TensorData found = stored.get(path);
            if (found == null) {
                throw another(file, "it has no tensor '" + path + "', which the model has as " + tensor.dtype() + " " + tensor.shape());
            }
            if (found.dtype() != tensor.dtype() || !found.shape().equals(tensor.shape())) {
                throw another(file, "its tensor '" + path + "' is " + found.dtype() + " " + found.shape() + ", but the model's is " + tensor.dtype() + " "
                        + tensor.shape());
            }
            values.put(path, found.toDoubles());
        });
        stored.keySet().stream().filter(path -> !wanted.containsKey(path)).findFirst().ifPresent(path -> {
            throw another(file, "it has a tensor '" + path + "', which the model has not");
        });
        return values;
    }

    private static DataException another(Path file, String difference) {
        return new DataException(file + " belongs to another model: " + difference + "; name the run folder of this model, or leave out what changes it");
    }
}
