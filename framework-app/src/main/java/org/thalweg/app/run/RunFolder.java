package org.thalweg.app.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.thalweg.api.training.TrainingListener;
import org.thalweg.app.config.ConfigurationText;
import org.thalweg.app.config.LoadedConfiguration;
import org.thalweg.app.listener.CsvListener;
import org.thalweg.app.listener.JsonLinesListener;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The folder that holds everything about one run.
 *
 * @param path of the folder, which exists
 */
public record RunFolder(Path path) {
    static final String CONFIGURATION = "configuration.yaml";
    static final String MANIFEST = "manifest.json";
    static final String DATA = "data.json";
    static final String METRICS = "metrics.jsonl";
    static final String METRICS_TABLE = "metrics.csv";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Makes a new folder for a run, named after the run and the time. */
    public static RunFolder create(Path runs, String name, LocalDateTime time) throws IOException {
        String base = name.replaceAll("[^A-Za-z0-9._-]+", "-") + "-" + TIME.format(time);
        try {
            Files.createDirectories(runs);
            for (int number = 1; ; number++) {
                try {
                    return new RunFolder(Files.createDirectory(runs.resolve(number == 1 ? base : base + "-" + number)));
                } catch (FileAlreadyExistsException e) {
                    // Two runs began in the same second: the next number is free.
                }
            }
        } catch (FileSystemException e) {
            throw unusable(runs.resolve(base), e);
        }
    }

    /** Uses a folder that is empty or not there yet. */
    public static RunFolder at(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw new IOException("the run folder " + folder + " is a file: name a folder that is empty or not there yet", e);
        } catch (FileSystemException e) {
            throw unusable(folder, e);
        }
        try (Stream<Path> inside = Files.list(folder)) {
            if (inside.findAny().isPresent()) {
                throw new IOException("the run folder " + folder + " is not empty: name another one, or empty it");
            }
        } catch (FileSystemException e) {
            throw unusable(folder, e);
        }
        return new RunFolder(folder);
    }

    /** The folder of a run that began. */
    public static RunFolder of(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("there is no run folder " + folder + ": name one that 'thalweg train' has written, as runs/iris-20260101-120000");
        }
        RunFolder run = new RunFolder(folder);
        if (!Files.exists(run.file(CONFIGURATION))) {
            throw new IOException(folder + " is no run folder: it has no " + CONFIGURATION + "; name a folder that 'thalweg train' has written");
        }
        return run;
    }

    private static IOException unusable(Path folder, FileSystemException cause) {
        String reason = cause.getReason() == null ? cause.getClass().getSimpleName().replace("Exception", "") : cause.getReason();
        return new IOException("the run folder " + folder + " cannot be used (" + cause.getFile() + ": " + reason + "): name another one with --run-folder", cause);
    }

    /** Removes the folder where it is empty: a run that never began leaves nothing behind. */
    public void removeIfEmpty() throws IOException {
        try {
            Files.delete(path);
        } catch (DirectoryNotEmptyException | NoSuchFileException e) {
            // It holds results, or somebody else has removed it.
        }
    }

    /** A file in the folder. */
    public Path file(String name) {
        return path.resolve(name);
    }

    /** Writes {@code configuration.yaml}: the settings with overrides applied, enough to run again. */
    public void writeConfiguration(LoadedConfiguration configuration) throws IOException {
        writeConfiguration(configuration.written());
    }

    /** The same for a configuration of another kind. */
    public void writeConfiguration(Map<String, Object> written) throws IOException {
        write(CONFIGURATION, ConfigurationText.of(written));
    }

    /** Writes {@code manifest.json}, replacing an earlier one. */
    public void writeManifest(Manifest manifest) throws IOException {
        writeJson(MANIFEST, manifest.entries());
    }

    /** Writes any value as JSON, at once. */
    public void writeJson(String name, Object value) throws IOException {
        write(name, JSON.writeValueAsString(value) + "\n");
    }

    /** Listeners that write {@code metrics.jsonl} and {@code metrics.csv}. */
    public List<TrainingListener> metrics() {
        return List.of(new JsonLinesListener(file(METRICS)), new CsvListener(file(METRICS_TABLE)));
    }

    /** Writes a text, at once. */
    public void writeText(String name, String text) throws IOException {
        write(name, text);
    }

    private void write(String name, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        AtomicFile.write(file(name), channel -> {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        });
    }
}
