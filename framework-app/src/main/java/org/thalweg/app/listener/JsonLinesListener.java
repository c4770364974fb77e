package org.thalweg.app.listener;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.training.TrainingListener;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a line of JSON for every epoch as it ends, so that a run can be followed and a killed one still tells how far it came, and a last
 * line about the whole run, with the metrics of the test data.
 */
public final class JsonLinesListener implements TrainingListener {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path file;

    /** Appends to a file, which need not be there yet. */
    public JsonLinesListener(Path file) {
        this.file = file;
    }

    @Override
    public void epochEnded(EpochEnded event) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("epoch", event.epoch());
        line.put("step", event.step());
        event.metrics().forEach((name, value) -> line.put(name, finite(value)));
        line.put("seconds", finite(event.seconds()));
        line.put("samplesPerSecond", finite(event.samplesPerSecond()));
        write(line);
    }

    @Override
    public void runEnded(RunEnded event) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("end", Settings.kebab(event.reason().kind()));
        line.put("bestEpoch", event.bestEpoch());
        event.metrics().forEach((name, value) -> {
            if (name.startsWith("test.")) {
                line.put(name, finite(value));
            }
        });
        line.put("seconds", finite(event.seconds()));
        write(line);
    }

    private void write(Map<String, Object> line) {
        try {
            Files.writeString(file, JSON.writeValueAsString(line) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** JSON knows no NaN and no infinity. */
    private static Double finite(Double value) {
        return value != null && Double.isFinite(value) ? value : null;
    }
}
