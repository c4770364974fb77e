package org.thalweg.app.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.thalweg.app.pipeline.Checkpoint;
import org.thalweg.app.pipeline.TrainingResult;
import org.thalweg.app.pipeline.Weights;

/**
 * Keeps {@code last.safetensors}, {@code best.safetensors} and {@code state.safetensors} as a run goes on. Each is complete at any moment, or not there yet. Closing it
 * writes what still waits.
 */
final class WeightFiles implements Checkpoint.Receiver, AutoCloseable {
    /** A file is forced to the disk each time, which can take longer than an epoch of a small model. */
    private static final long PAUSE_NANOSECONDS = 1_000_000_000;

    private final RunFolder folder;
    private final String run;
    private final Map<String, Safetensors> waiting = new LinkedHashMap<>();
    private long lastStep = -1;
    private long written = System.nanoTime() - PAUSE_NANOSECONDS;

    WeightFiles(RunFolder folder, String run) {
        this.folder = folder;
        this.run = run;
    }

    @Override
    public void epochEnded(Checkpoint checkpoint, boolean best) {
        Safetensors file = file(checkpoint.evaluated(), checkpoint.last().epoch(), checkpoint.last().step());
        waiting.put("last.safetensors", file);
        waiting.put(CheckpointFile.NAME, CheckpointFile.of(checkpoint, run));
        lastStep = checkpoint.last().step();
        if (best) {
            waiting.put("best.safetensors", file);
        }
        if (System.nanoTime() - written >= PAUSE_NANOSECONDS) {
            writeAll();
        }
    }

    /** The end of a run, which may be within an epoch. Weights that are not finite are of no use: those of the last epoch stay. */
    void runEnded(TrainingResult result) {
        if (result.steps() > lastStep && result.finalWeights().isFinite()) {
            waiting.put("last.safetensors", file(result.finalWeights(), result.epochs(), result.steps()));
        }
    }

    private Safetensors file(Weights weights, int epochs, long steps) {
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        weights.parameters().forEach((path, tensor) -> tensors.put(path, new TensorData(tensor.dtype(), tensor.shape(), tensor.array())));
        weights.state().forEach((path, tensor) -> tensors.put(path, new TensorData(tensor.dtype(), tensor.shape(), tensor.array())));
        return new Safetensors(tensors, metadata(run, epochs, steps));
    }

    /** What a file says of itself. */
    static Map<String, String> metadata(String run, int epochs, long steps) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("name", run);
        metadata.put("epoch", Integer.toString(epochs));
        metadata.put("step", Long.toString(steps));
        return metadata;
    }

    private void writeAll() {
        waiting.forEach((name, tensors) -> {
            try {
                tensors.write(folder.file(name));
            } catch (IOException e) {
                throw new UncheckedIOException(folder.file(name) + " cannot be written: " + e.getMessage(), e);
            }
        });
        waiting.clear();
        written = System.nanoTime();
    }

    @Override
    public void close() {
        writeAll();
    }
}
