package org.thalweg.app.compare;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.thalweg.app.config.ConfigurationException;
import org.thalweg.app.config.ConfigurationReader;
import org.thalweg.app.config.LoadedConfiguration;
import org.thalweg.app.config.LoadedSettings;
import org.thalweg.app.config.SettingsFile;
import org.thalweg.app.plugin.PluginRegistry;
import org.thalweg.app.report.Picture;
import org.thalweg.app.run.AtomicFile;
import org.thalweg.app.run.OpenPipeline;

/** Reads a comparison, runs its optimizers, and writes the page and the pictures. */
public final class ComparisonRun {
    private static final SettingsFile<Comparison> FORM = new SettingsFile<>(Comparison.class, "a comparison", "surfaces or trainings");

    private final LoadedSettings<Comparison> loaded;
    private final Map<String, LoadedConfiguration> pipelines;

    private ComparisonRun(LoadedSettings<Comparison> loaded, Map<String, LoadedConfiguration> pipelines) {
        this.loaded = loaded;
        this.pipelines = pipelines;
    }

    /**
     * Reads a comparison and the pipelines that it names.
     *
     * @throws ConfigurationException with everything that is wrong
     */
    public static ComparisonRun read(Path file, List<String> overrides, Map<String, String> environment, PluginRegistry plugins) {
        LoadedSettings<Comparison> loaded = ConfigurationReader.read(FORM, file, overrides, environment, Surface.references(plugins));
        Map<String, LoadedConfiguration> pipelines = new HashMap<>();
        Comparison comparison = loaded.settings();
        for (int i = 0; i < comparison.surfaces().size(); i++) {
            if (comparison.surfaces().get(i).surface() instanceof ModelSurface model) {
                readPipeline(model.pipeline(), "surfaces[" + i + "].surface.pipeline", loaded, pipelines, environment, plugins);
            }
        }
        for (int i = 0; i < comparison.trainings().size(); i++) {
            readPipeline(comparison.trainings().get(i).pipeline(), "trainings[" + i + "].pipeline", loaded, pipelines, environment, plugins);
        }
        return new ComparisonRun(loaded, pipelines);
    }

    private static void readPipeline(String name, String path, LoadedSettings<Comparison> loaded, Map<String, LoadedConfiguration> pipelines,
            Map<String, String> environment, PluginRegistry plugins) {
        Path file = loaded.folder().resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new ConfigurationException(List.of(loaded.problem(path, "there is no file " + file + ": name a YAML file that describes a run")));
        }
        pipelines.put(name, ConfigurationReader.read(file, List.of(), environment, plugins));
    }

    /** What the comparison is called. */
    public String name() {
        return loaded.settings().name();
    }

    /**
     * Runs everything and writes it.
     *
     * @param output a folder; made where it is not there, and files of the same names are replaced
     * @param progress is told the title of each chart before it is made
     * @param cancelled asked between charts
     * @return the page, or nothing where it was cancelled
     */
    public Optional<Path> run(Path output, Consumer<String> progress, BooleanSupplier cancelled) throws IOException {
        Comparison comparison = loaded.settings();
        Map<String, Integer> colors = comparison.colors();
        Terrain.Pipelines open = name -> OpenPipeline.of(pipelines.get(name));
        List<Section> sections = new ArrayList<>();
        for (SurfaceChart chart : comparison.surfaces()) {
            if (cancelled.getAsBoolean()) {
                return Optional.empty();
            }
            progress.accept(chart.title());
            sections.add(SurfaceSection.of(chart, id(sections.size(), chart.title()), colors, open, comparison.seed()));
        }
        for (TrainingChart chart : comparison.trainings()) {
            if (cancelled.getAsBoolean()) {
                return Optional.empty();
            }
            progress.accept(chart.title());
            sections.add(TrainingSection.of(chart, id(sections.size(), chart.title()), colors, open, comparison.seed()));
        }
        Files.createDirectories(output);
        for (Section section : sections) {
            for (Map.Entry<String, Picture> picture : section.pictures().entrySet()) {
                write(output.resolve(section.id() + "-" + picture.getKey() + ".png"), picture.getValue().png());
                write(output.resolve(section.id() + "-" + picture.getKey() + ".svg"), picture.getValue().svg());
            }
        }
        Path page = output.resolve("index.html");
        write(page, ComparisonPage.of(comparison.title().orElse(comparison.name()), sections).getBytes(StandardCharsets.UTF_8));
        return Optional.of(page);
    }

    private static String id(int before, String title) {
        String words = title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return String.format(Locale.ROOT, "chart%02d-%s", before + 1, words);
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        AtomicFile.write(file, channel -> {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        });
    }
}
