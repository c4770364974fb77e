package org.thalweg.app.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.api.data.DataException;
import org.thalweg.api.training.TrainingListener.EpochEnded;
import org.thalweg.app.pipeline.Checkpoint;
import org.thalweg.app.pipeline.StoredTensor;
import org.thalweg.app.pipeline.Weights;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code state.safetensors}: the weights after an epoch with what the optimizer keeps. The epochs before it stand in {@code metrics.jsonl}. */
final class CheckpointFile {
    static final String NAME = "state.safetensors";
    private static final String PARAMETERS = "parameters/";
    private static final String STATE = "state/";
    private static final String OPTIMIZER = "optimizer/";

    private CheckpointFile() {}

    /** What to write. */
    static Safetensors of(Checkpoint checkpoint, String run) {
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        add(tensors, PARAMETERS, checkpoint.weights().parameters());
        add(tensors, STATE, checkpoint.weights().state());
        add(tensors, OPTIMIZER, checkpoint.optimizerState());
        return new Safetensors(tensors, WeightFiles.metadata(run, checkpoint.last().epoch(), checkpoint.last().step()));
    }

    private static void add(Map<String, TensorData> tensors, String kind, Map<String, StoredTensor> stored) {
        stored.forEach((path, tensor) -> tensors.put(kind + path, new TensorData(tensor.dtype(), tensor.shape(), tensor.array())));
    }

    /**
     * Reads what a run left.
     *
     * @param model what the run's model has
     * @throws DataException where the file belongs to another model
     */
    static Checkpoint read(RunFolder folder, Weights model) throws IOException {
        Path file = folder.file(NAME);
        if (!Files.exists(file)) {
            throw new DataException("there is no " + file + ": no epoch of the run has ended, so there is nothing to continue; train again");
        }
        Safetensors stored = tensors(file);
        Map<String, TensorData> weights = new LinkedHashMap<>();
        Map<String, StoredTensor> optimizer = new LinkedHashMap<>();
        stored.tensors().forEach((name, tensor) -> {
            if (name.startsWith(OPTIMIZER)) {
                String path = name.substring(OPTIMIZER.length());
                optimizer.put(path, StoredTensor.of(path, tensor.shape(), tensor.dtype(), tensor.array()));
            } else {
                weights.put(name.substring(name.indexOf('/') + 1), tensor);
            }
        });
        StoredRun.checked(file, weights, model);
        Weights numbers = new Weights(tensors(model.parameters(), weights), tensors(model.state(), weights));
        int epochs = number(file, stored, "epoch");
        List<EpochEnded> ended = epochs(folder).stream().filter(epoch -> epoch.epoch() <= epochs).toList();
        if (ended.size() != epochs || ended.getLast().step() != number(file, stored, "step")) {
            throw new DataException(folder.file(RunFolder.METRICS) + " does not tell of the " + epochs + " epochs that " + file + " has: one of them is not the run's"
                    + " own; train again");
        }
        return new Checkpoint(ended, numbers, numbers, optimizer);
    }

    private static Safetensors tensors(Path file) {
        try {
            return Safetensors.read(file);
        } catch (IOException damaged) {
            throw new DataException(damaged.getMessage(), damaged);
        }
    }

    private static Map<String, StoredTensor> tensors(Map<String, StoredTensor> like, Map<String, TensorData> stored) {
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        like.forEach((path, tensor) -> tensors.put(path, StoredTensor.of(path, tensor.shape(), tensor.dtype(), stored.get(path).array())));
        return tensors;
    }

    private static int number(Path file, Safetensors stored, String name) {
        try {
            return Integer.parseInt(stored.metadata().getOrDefault(name, ""));
        } catch (NumberFormatException e) {
            throw new DataException(file + " does not say in which " + name + " it was written: it is not a run's own; train again", e);
        }
    }

    private static List<EpochEnded> epochs(RunFolder folder) throws IOException {
        Path file = folder.file(RunFolder.METRICS);
        List<EpochEnded> epochs = new ArrayList<>();
        for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
            try {
                JsonNode values = JsonMapper.shared().readTree(line);
                if (values.has("epoch")) {
                    epochs.add(epoch(values));
                }
            } catch (JacksonException e) {
                // A line that a crash cut short: what follows from it is checked against the weights.
                break;
            }
        }
        return epochs;
    }

    private static EpochEnded epoch(JsonNode values) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        values.properties().forEach(entry -> {
            if (entry.getKey().contains(".")) {
                metrics.put(entry.getKey(), entry.getValue().isNull() ? Double.NaN : entry.getValue().doubleValue());
            }
        });
        return new EpochEnded(values.path("epoch").intValue(), values.path("step").longValue(), Collections.unmodifiableMap(metrics),
                values.path("seconds").doubleValue(Double.NaN), values.path("samplesPerSecond").doubleValue(Double.NaN));
    }

    /** Takes everything after the first epochs out of {@code metrics.jsonl} and {@code metrics.csv}: the run will tell it again. */
    static void forgetAfter(RunFolder folder, int epochs) throws IOException {
        keep(folder, RunFolder.METRICS, epochs);
        keep(folder, RunFolder.METRICS_TABLE, epochs + 1);
    }

    private static void keep(RunFolder folder, String name, int lines) throws IOException {
        if (Files.exists(folder.file(name))) {
            List<String> all = Files.readAllLines(folder.file(name));
            folder.writeText(name, String.join("\n", all.subList(0, Math.min(lines, all.size()))) + "\n");
        }
    }
}
