package org.thalweg.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.multibindings.OptionalBinder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.api.data.DataException;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.training.StopReason;
import org.thalweg.api.training.TrainingListener;
import org.thalweg.api.training.TrainingListener.EpochEnded;
import org.thalweg.api.training.TrainingListener.RunEnded;
import org.thalweg.api.training.TrainingListener.RunStarted;
import org.thalweg.api.training.TrainingListener.StepEnded;
import org.thalweg.app.plugin.PluginJar;
import org.thalweg.app.run.Trainer;

/** Commands from their arguments to output and exit code. The trainer, which is another part's business, is the boundary. */
class CommandLineTest {
    static final String PLUGIN = """
            import java.util.*;
            import org.thalweg.api.data.*;
            import org.thalweg.api.layer.*;
            import org.thalweg.api.loss.*;
            import org.thalweg.api.metric.*;
            import org.thalweg.api.optim.*;
            import org.thalweg.api.plugin.*;
            import org.thalweg.api.settings.*;
            import org.thalweg.api.tensor.*;
            public class Pond implements Plugin {
                public String id() { return "pond"; }
                public void register(Registrar registrar) {
                    registrar.dataSource("pond-rows", Rows.class);
                    registrar.layer("pond-layer", Same.class);
                    registrar.loss("pond-loss", Sum.class);
                    registrar.metric("pond-depth", Depth.class);
                    registrar.optimizer("pond-step", Plain.class);
                }
                public record Rows() implements DataSource {
                    public Dataset open(DataContext context) { throw new DataException("dry"); }
                }
                public record Same() implements Layer {
                    public Tensor apply(LayerContext context, Tensor input) { return input; }
                }
                public record Sum() implements Loss {
                    public Elements elements(LossInputs inputs) { return Elements.of(inputs.input()); }
                }
                public record Depth() implements Metric {
                    public List<Tensor> sums(Tensor prediction, Tensor target) { return List.of(prediction); }
                    public double value(double[] sums) { return sums[0]; }
                    public boolean higherIsBetter() { return true; }
                }
                public enum Mode { FAST, VERY_SLOW }
                @Description("Steps against the gradient.")
                public record Plain(
                        @Description("The size of a step.") @Default("0.01") @Positive @LessThan(1) double learningRate,
                        @Default("[1, 2]") @Min(0) @Max(10) List<Integer> rates,
                        @Default("fast") Mode mode,
                        @OneOf({"a", "b"}) @Default("a") String kind,
                        Optional<Optimizer> inner) implements Optimizer {
                    public Update update(Tensor parameter, Tensor gradient, State state, Step step) { return Update.of(parameter); }
                }
            }
            """;
    static final String CONFIGURATION = """
            data: {train: pond-rows}
            model: pond-layer
            loss: pond-loss
            optimizer: pond-step
            metrics: [pond-depth]
            training: {epochs: 2}
            """;

    @TempDir
    static Path plugins;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private boolean terminal;

    private Trainer trainer = (configuration, results, listeners, cancelled) -> {
        listeners.forEach(CommandLineTest::tellOfTwoEpochs);
        return new StopReason(StopReason.Kind.COMPLETED, "all 2 epochs are done");
    };

    @BeforeAll
    static void compile() throws IOException {
        PluginJar.build(plugins.resolve("pond.jar"), "Pond", PLUGIN, "Pond");
    }

    @Test
    void training_prints_a_line_for_each_epoch_and_the_result_last() throws IOException {
        Path results = folder.resolve("results");

        assertEquals(0, run("train", configuration(), "--run-folder", results.toString(), "--set", "seed=7"));
        assertEquals("""
                run: 1,234 parameters, 100 rows, 4 steps an epoch
                epoch 1/2: loss 0.5000, validation pond depth 0.2500, 2000 samples/s, 0.5 s
                epoch 2/2: loss 1.000e-04, validation pond depth 0.7500, 2000 samples/s, 0.5 s
                all 2 epochs are done
                run folder: %s
                test pond depth: 0.9750
                """.formatted(results).replace("pond depth", "pond-depth"), text(out));
        assertEquals("", text(err));
    }

    @Test
    void training_draws_a_progress_bar_on_a_terminal() throws IOException {
        terminal = true;

        assertEquals(0, run("train", configuration(), "--run-folder", folder.resolve("results").toString()));
        String bar = text(out);
        assertTrue(bar.contains("\repoch 2/2 [==============================] 100%  loss 1.000e-04  validation pond-depth 0.7500"), bar);
        assertTrue(bar.endsWith("test pond-depth: 0.9750\n"), bar);
        assertFalse(bar.contains("epoch 1/2:"), bar);
    }

    @Test
    void without_test_data_the_result_is_the_validation_figure() throws IOException {
        trainer = (configuration, results, listeners, cancelled) -> {
            StopReason reason = new StopReason(StopReason.Kind.CONVERGED, "the loss no longer falls");
            listeners.forEach(listener -> listener.runEnded(new RunEnded(reason, Map.of("validation.pond-depth", 0.5, "train.loss", 1.0), 1, 1)));
            return reason;
        };

        assertEquals(0, run("train", configuration(), "--run-folder", folder.resolve("results").toString()));
        assertTrue(text(out).endsWith("validation pond-depth: 0.5000\n"), text(out));
    }

    @Test
    void a_run_that_diverges_fails() throws IOException {
        trainer = (configuration, results, listeners, cancelled) -> new StopReason(StopReason.Kind.DIVERGED, "the loss is NaN in step 3");

        assertFails(1, "training failed: the loss is NaN in step 3");
    }

    @Test
    void a_run_that_is_cancelled_counts_as_interrupted() throws IOException {
        trainer = (configuration, results, listeners, cancelled) -> new StopReason(StopReason.Kind.CANCELLED, "cancelled after step 3");

        assertEquals(130, run("train", configuration(), "--run-folder", folder.resolve("results").toString()));
    }

    @Test
    void an_exception_in_training_is_one_sentence() throws IOException {
        trainer = failing(new IllegalStateException("no kernel"));
        assertFails(1, "training failed: IllegalStateException: no kernel");
    }

    @Test
    void a_full_disk_is_a_failure_of_training() throws IOException {
        trainer = (configuration, results, listeners, cancelled) -> {
            throw new IOException("No space left on device");
        };
        assertFails(1, "training failed: No space left on device");
    }

    @Test
    void a_full_memory_is_a_failure_of_training_with_its_remedy() throws IOException {
        trainer = (configuration, results, listeners, cancelled) -> {
            throw new OutOfMemoryError("Java heap space");
        };
        assertFails(1, "training failed: the memory is full (Java heap space): choose a smaller batch, or give more with THALWEG_JAVA_OPTIONS=-Xmx8g");
    }

    @Test
    void a_file_that_cannot_be_written_is_named() throws IOException {
        trainer = failing(new UncheckedIOException("metrics.jsonl cannot be written: No space left on device", new IOException("No space left on device")));
        assertFails(1, "training failed: metrics.jsonl cannot be written: No space left on device");

        trainer = failing(new UncheckedIOException(new NoSuchFileException("iris.csv")));
        assertFails(1, "training failed: there is no file iris.csv");
    }

    @Test
    void a_plugin_that_does_not_link_is_no_stack_trace() throws IOException {
        trainer = (configuration, results, listeners, cancelled) -> {
            throw new NoClassDefFoundError("org/apache/Thing");
        };
        assertFails(1, "training failed: NoClassDefFoundError: org/apache/Thing");
    }

    @Test
    void data_that_is_wrong_and_a_model_that_does_not_fit_are_wrong_input() throws IOException {
        trainer = failing(new DataException("iris.csv:3: 4 columns instead of 5"));
        assertFails(2, "iris.csv:3: 4 columns instead of 5");

        trainer = failing(new ShapeException("matmul: [2, 3] and [4, 5] do not fit"));
        assertFails(2, "matmul: [2, 3] and [4, 5] do not fit");
    }

    @Test
    void debug_shows_where_a_failure_came_from() throws IOException {
        trainer = failing(new IllegalStateException("no kernel"));

        assertEquals(1, run("train", configuration(), "--debug", "--run-folder", folder.resolve("results").toString()));
        assertTrue(text(err).contains("at "), text(err));
        assertTrue(text(err).endsWith("training failed: IllegalStateException: no kernel\n"), text(err));
    }

    @Test
    void a_run_folder_that_is_not_empty_is_refused() throws IOException {
        Files.writeString(folder.resolve("thesis.txt"), "dear");

        assertEquals(2, run("train", configuration(), "--run-folder", folder.toString()));
        assertEquals("the run folder " + folder + " is not empty: name another one, or empty it\n", text(err));
    }

    @Test
    void a_valid_configuration_is_said_to_be_valid() throws IOException {
        assertEquals(0, run("validate", configuration()));
        assertEquals(folder.resolve("run.yaml") + " is valid\n", text(out));
    }

    @Test
    void a_wrong_configuration_is_wrong_input_and_every_problem_a_line() throws IOException {
        assertEquals(2, run("validate", configuration(), "--set", "loss=pond-los", "--set", "training.epochs=0"));
        assertEquals("""
                --set loss=pond-los: loss: no loss is called 'pond-los'; did you mean 'pond-loss'; available: pond-loss
                --set training.epochs=0: training.epochs: must be at least 1, but is 0
                """, text(err).replaceAll("available: .*pond-loss.*", "available: pond-loss"));
        assertEquals("", text(out));
    }

    @Test
    void plugins_are_listed_with_what_they_offer() throws IOException {
        assertEquals(0, run("plugins"));
        assertTrue(text(out).contains("""
                pond (pond.jar)
                  optimizer: pond-step
                  loss: pond-loss
                  layer: pond-layer
                  metric: pond-depth
                  data-source: pond-rows
                """), text(out));
    }

    @Test
    void a_broken_plugin_is_a_warning_to_those_who_do_not_need_it_and_an_error_to_the_list() throws IOException {
        Path broken = folder.resolve("broken");
        PluginJar.build(broken.resolve("mute.jar"), "Mute", PluginJar.source("Mute", "mute", ""));
        PluginJar.build(broken.resolve("pond.jar"), "Pond", PLUGIN, "Pond");
        String warning = "warning: the plugin " + broken.resolve("mute.jar")
                + " has no META-INF/services/org.thalweg.api.plugin.Plugin (in mute.jar): add that file with the name of the plugin's class\n";

        assertEquals(0, run("validate", configuration(), "--plugins", broken.toString()));
        assertEquals(warning, text(err));
        assertEquals(2, run("plugins", "--plugins", broken.toString()));
        assertEquals(warning, text(err));
    }

    @Test
    void a_plugins_folder_that_does_not_exist_is_wrong_input() {
        assertEquals(2, run("plugins", "--plugins", "/nowhere"));
        assertEquals("the plugin folder /nowhere does not exist: name a folder that holds one folder, or one jar, for each plugin, or the jar of one plugin\n", text(err));
    }

    @Test
    void a_description_tells_every_setting_with_type_range_and_default() {
        assertEquals(0, run("describe", "optimizer", "pond-step"));
        assertEquals("""
                optimizer pond-step, from plugin 'pond' (pond.jar)
                  Steps against the gradient.

                  learningRate: number, above 0, below 1, default 0.01
                      The size of a step.
                  rates: list of whole number, at least 0, at most 10, default [1, 2]
                  mode: one of fast, very-slow, default fast
                  kind: one of a, b, default a
                  inner: optimizer, optional
                  groups: list, optional; in a run's own optimizer
                      Other settings for some parameters, or none: [{parameters: "*.bias", learningRate: 0.01}, {parameters: "0.*", frozen: true}].
                """, text(out));
        assertEquals(0, run("describe", "layer", "pond-layer"));
        assertEquals("layer pond-layer, from plugin 'pond' (pond.jar)\n  It has no settings.\n", text(out));
    }

    @Test
    void a_description_without_a_name_lists_the_names() {
        assertEquals(0, run("describe", "data-source"));
        assertTrue(text(out).lines().anyMatch("pond-rows"::equals), text(out));
    }

    @Test
    void what_cannot_be_described_is_answered_with_what_can() {
        assertEquals(2, run("describe", "optimiser", "pond-step"));
        assertEquals("thalweg describe: no kind is called 'optimiser'; did you mean 'optimizer'; available: data-source, gradient-transform, "
                + "initializer, layer, loss, metric, minimizer, optimizer, schedule, stop-criterion, transform; "
                + "'thalweg describe --help' shows how to use it\n", text(err));
        assertEquals(2, run("describe", "metric", "pond-dept"));
        assertTrue(text(err).startsWith("thalweg describe: no metric is called 'pond-dept'; did you mean 'pond-depth'; available: "), text(err));
    }

    @Test
    void mistakes_in_the_usage_are_one_sentence_each() {
        assertUsage("thalweg: Name a command: train, evaluate, predict, summary, validate, plugins, describe, explain, gradcheck ...; 'thalweg --help' shows how to use it");
        assertUsage("thalweg train: Missing required parameter: 'FILE'; 'thalweg train --help' shows how to use it", "train");
        assertUsage("thalweg train: Unknown option: '--sett'; 'thalweg train --help' shows how to use it", "train", "run.yaml", "--sett");
        assertUsage("thalweg: Unmatched argument at index 0: 'trian'; 'thalweg --help' shows how to use it", "trian");
        assertUsage("thalweg validate: Expected parameter for option '--set' but found '--plugins'; 'thalweg validate --help' shows how to use it",
                "validate", "a.yaml", "--set", "--plugins", "x");
    }

    @Test
    void help_teaches_with_examples() {
        assertEquals(0, run("--help"));
        assertTrue(text(out).contains("thalweg train iris.yaml --set training.epochs=5"), text(out));
        for (String command : new String[] {"train", "evaluate", "predict", "summary", "schema", "completion", "validate", "plugins", "describe"}) {
            assertEquals(0, run(command, "--help"));
            assertTrue(text(out).contains("Example"), text(out));
        }
    }

    @Test
    void the_version_is_that_of_the_build() {
        assertEquals(0, run("--version"));
        assertTrue(text(out).matches("thalweg [0-9]+\\.[0-9]+\\.[0-9]+\\S* \\(Java .+\\)\n"), text(out));
    }

    private static void tellOfTwoEpochs(TrainingListener listener) {
        listener.runStarted(new RunStarted("run", 1234, 100, 2, 4, 1));
        listener.stepEnded(new StepEnded(1, 4, 0.5, 0.01, Double.NaN));
        listener.epochEnded(new EpochEnded(1, 4, ordered("train.loss", 0.5, "validation.pond-depth", 0.25), 0.5, 2000));
        listener.stepEnded(new StepEnded(2, 8, 0.0001, 0.01, Double.NaN));
        listener.epochEnded(new EpochEnded(2, 8, ordered("train.loss", 0.0001, "validation.pond-depth", 0.75), 0.5, 2000));
        listener.runEnded(new RunEnded(
                new StopReason(StopReason.Kind.COMPLETED, "done"), Map.of("test.pond-depth", 0.975, "test.loss", 0.1), 2, 1));
    }

    private static Map<String, Double> ordered(String first, double one, String second, double two) {
        Map<String, Double> map = new java.util.LinkedHashMap<>();
        map.put(first, one);
        map.put(second, two);
        return map;
    }

    private static Trainer failing(RuntimeException failure) {
        return (configuration, results, listeners, cancelled) -> {
            throw failure;
        };
    }

    private String configuration() throws IOException {
        return Files.writeString(folder.resolve("run.yaml"), CONFIGURATION).toString();
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        Console console = new Console(new PrintStream(out, true), new PrintStream(err, true), terminal, Map.of("THALWEG_PLUGINS", plugins.toString()));
        return Main.run(console, arguments,
                binder -> OptionalBinder.newOptionalBinder(binder, Trainer.class).setBinding().toInstance(trainer));
    }

    private void assertFails(int code, String sentence) throws IOException {
        assertEquals(code, run("train", configuration(), "--run-folder", Files.createTempDirectory(folder, "results").toString()));
        assertEquals(sentence + "\n", text(err));
    }

    private void assertUsage(String sentence, String... arguments) {
        assertEquals(2, run(arguments));
        assertEquals(sentence + "\n", text(err));
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
