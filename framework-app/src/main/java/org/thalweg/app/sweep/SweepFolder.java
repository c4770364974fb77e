package org.thalweg.app.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.thalweg.app.run.RunFolder;
import org.thalweg.app.sweep.TrialResult.Status;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The folder of a sweep: {@code configuration.yaml}, what is known of its trials as {@code trials.json}, for people as {@code results.csv}, and the
 * run folder of every trial.
 *
 * @param folder on the disk
 */
public record SweepFolder(RunFolder folder) {
    private static final String TRIALS = "trials.json";

    /** A new one. */
    public static SweepFolder create(SweepPlan plan, Path folder, Path sweeps, LocalDateTime time) throws IOException {
        RunFolder made = folder == null ? RunFolder.create(sweeps, plan.sweep().name(), time) : RunFolder.at(folder);
        made.writeConfiguration(plan.tree());
        return new SweepFolder(made);
    }

    /** One that is there. */
    public static SweepFolder of(Path folder) throws IOException {
        if (!Files.exists(folder.resolve("configuration.yaml"))) {
            throw new IOException(folder + " is no folder of a sweep: it has no configuration.yaml; name one that 'thalweg sweep' has written");
        }
        return new SweepFolder(new RunFolder(folder));
    }

    /** The sweep's file. */
    public Path configuration() {
        return folder.file("configuration.yaml");
    }

    /** The folder of a trial. */
    public Path trial(int number) {
        return folder.file(String.format(Locale.ROOT, "trial-%03d", number));
    }

    List<TrialResult> results() throws IOException {
        Path file = folder.file(TRIALS);
        List<TrialResult> results = new ArrayList<>();
        if (Files.exists(file)) {
            try {
                for (JsonNode node : JsonMapper.shared().readTree(file.toFile())) {
                    results.add(new TrialResult(node.path("number").intValue(), Status.valueOf(node.path("status").asString()), node.path("epochs").intValue(),
                            node.path("value").doubleValue(Double.NaN), node.path("seconds").doubleValue(0), node.path("message").asString()));
                }
            } catch (JacksonException | IllegalArgumentException e) {
                throw new IOException(file + " is damaged: delete it to run all trials again", e);
            }
        }
        return results;
    }

    void write(SweepPlan plan, List<TrialResult> results) throws IOException {
        List<Map<String, Object>> trials = new ArrayList<>();
        StringBuilder table = new StringBuilder("trial,status,epochs," + plan.sweep().metric() + ",seconds");
        plan.sweep().vary().keySet().forEach(path -> table.append(',').append(cell(path)));
        table.append(",message\n");
        for (TrialResult result : results) {
            Map<String, Object> trial = new LinkedHashMap<>();
            trial.put("number", result.number());
            trial.put("status", result.status().name());
            trial.put("epochs", result.epochs());
            trial.put("value", Double.isFinite(result.value()) ? result.value() : null);
            trial.put("seconds", result.seconds());
            trial.put("message", result.message());
            trials.add(trial);
            table.append(result.number()).append(',').append(result.status().name().toLowerCase(Locale.ROOT)).append(',').append(result.epochs()).append(',')
                    .append(Double.isFinite(result.value()) ? result.value() : "").append(',').append(String.format(Locale.ROOT, "%.3f", result.seconds()));
            for (Object value : plan.trials().get(result.number() - 1).values().values()) {
                table.append(',').append(cell(value instanceof String text ? text : Trial.text(value)));
            }
            table.append(',').append(cell(result.message())).append('\n');
        }
        folder.writeJson(TRIALS, trials);
        folder.writeText("results.csv", table.toString());
    }

    private static String cell(String text) {
        return text.matches("[^\",\\n\\r]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }

    /** Four places, or powers of ten for what would vanish in them. */
    public static String number(double value) {
        return String.format(Locale.ROOT, value != 0 && Math.abs(value) < 1e-3 ? "%.3e" : "%.4f", value);
    }
}
