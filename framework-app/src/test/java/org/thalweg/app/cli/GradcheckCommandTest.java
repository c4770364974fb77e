package org.thalweg.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.app.plugin.PluginJar;

/** {@code thalweg gradcheck} from its arguments to output and exit code. */
class GradcheckCommandTest {
    private static final String PLUGIN = """
            import org.thalweg.api.layer.*;
            import org.thalweg.api.loss.*;
            import org.thalweg.api.plugin.*;
            import org.thalweg.api.tensor.*;
            public class Brook implements Plugin {
                public String id() { return "brook"; }
                public void register(Registrar registrar) {
                    registrar.layer("brook-scale", Scale.class);
                    registrar.layer("brook-wrong", Wrong.class);
                    registrar.layer("brook-rows", Rows.class);
                    registrar.layer("brook-count", Count.class);
                    registrar.loss("brook-log", Log.class);
                    registrar.loss("brook-triple", Triple.class);
                }
                public record Scale() implements Layer {
                    public Tensor apply(LayerContext context, Tensor input) {
                        Tensor mean = context.state("mean", Shape.scalar(), 2);
                        context.update(mean, input.mean());
                        return input.mul(context.parameter("scale", Shape.of(3), (shape, random) -> new double[] {0, 0, 0})).sub(mean);
                    }
                }
                public record Wrong() implements Layer {
                    public Tensor apply(LayerContext context, Tensor input) { return input.mul(input.stopGradient()); }
                }
                public record Rows() implements Layer {
                    public Tensor apply(LayerContext context, Tensor input) {
                        return context.parameter("table", Shape.of(5, 2), (shape, random) -> new double[10]).gather(input);
                    }
                }
                public record Count() implements Layer {
                    public Tensor apply(LayerContext context, Tensor input) { return input.cast(DType.INT32); }
                }
                public record Log() implements Loss {
                    public Elements elements(LossInputs inputs) { return Elements.of(inputs.input().log().mul(inputs.targetLikeInput())); }
                }
                public record Triple() implements Loss {
                    public java.util.List<String> inputs() { return java.util.List.of("anchor", "positive", "negative"); }
                    public Elements elements(LossInputs inputs) {
                        Tensor near = inputs.get("anchor").sub(inputs.get("positive")).square();
                        return Elements.of(near.sub(inputs.get("anchor").sub(inputs.get("negative")).square()).add(1).relu());
                    }
                }
            }
            """;

    @TempDir
    static Path plugins;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeAll
    static void compile() throws IOException {
        PluginJar.build(plugins.resolve("brook.jar"), "Brook", PLUGIN, "Brook");
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        List<String> all = new ArrayList<>(List.of("gradcheck"));
        all.addAll(List.of(arguments));
        return Main.run(new Console(new PrintStream(out, true), new PrintStream(err, true), false, Map.of()), all.toArray(String[]::new));
    }

    private int runPlugin(String kind, String name, String... arguments) {
        List<String> all = new ArrayList<>(List.of(kind, name, "--plugins", plugins.toString()));
        all.addAll(List.of(arguments));
        return run(all.toArray(String[]::new));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** The table with errors, which differ from one CPU to another, left out. */
    private String table() {
        return out().replaceAll("[0-9.]+e-[0-9]+", "SMALL").replaceAll(" +", " ");
    }

    @Test
    void checks_input_and_parameters_of_a_layer() {
        assertEquals(0, run("layer", "dense", "--set", "units=5", "--shape", "2,3"), () -> out() + err());
        assertEquals("""
                name shape largest error
                input [2, 3] SMALL ok
                weight [5, 3] SMALL ok
                bias [5] SMALL ok
                """, table());
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "relu", "leaky-relu", "elu", "gelu", "silu", "sigmoid", "tanh", "softplus", "softmax", "log-softmax", "flatten", "dropout"})
    void every_layer_without_required_settings_is_right(String layer) {
        assertEquals(0, run("Layer", layer, "--seed", "3"), () -> out() + err());
    }

    @Test
    void settings_reach_into_layers_inside() {
        assertEquals(0, run("layer", "residual", "--set", "layer=dense", "--set", "layer.units=3"), () -> out() + err());
        assertTrue(out().contains("layer.weight"), out());
        assertEquals(0, run("layer", "sequential", "--set", "layers=[{type: dense, units: 2}, tanh]"), () -> out() + err());
        assertTrue(out().contains("0.weight"), out());
    }

    @Test
    void a_loss_is_checked_with_every_kind_of_target_that_it_accepts() {
        assertEquals(0, run("loss", "cross-entropy", "--set", "labelSmoothing=0.1", "--shape", "6,4"), () -> out() + err());
        assertEquals("""
                name shape largest error
                input [6, 4] SMALL ok
                target [6, 4] SMALL ok

                name shape largest error
                input [6, 4] SMALL ok
                target [6] INT32, no gradient
                """, table());
        assertEquals(0, run("loss", "mse", "--set", "reduction=sum"), () -> out() + err());
        assertEquals(0, run("loss", "binary-cross-entropy-with-logits"), () -> out() + err());
        assertEquals(0, runPlugin("loss", "brook-triple"), () -> out() + err());
        assertTrue(out().contains("negative"), out());
    }

    @Test
    void a_layer_of_a_plugin_with_state_or_indices_works() {
        assertEquals(0, runPlugin("layer", "brook-scale"), () -> out() + err());
        assertTrue(out().contains("scale"), out());
        assertEquals(0, runPlugin("layer", "brook-rows"), () -> out() + err());
        assertTrue(table().contains("input [4, 3] INT32, no gradient\ntable [5, 2] SMALL ok\n"), out());
    }

    @Test
    void a_wrong_gradient_fails_and_is_shown() {
        assertEquals(1, runPlugin("layer", "brook-wrong", "--shape", "2"));
        assertTrue(out().contains("FAILED\ninput["), out());
        assertTrue(out().contains(": the gradient is ") && out().contains(", but the difference quotient is "), out());
    }

    @Test
    void at_a_kink_it_says_why_there_is_nothing_to_compare() {
        assertEquals(0, run("layer", "relu", "--shape", "5", "--between", "-1e-12,1e-12"), () -> out() + err());
        assertTrue(out().contains("input[0], input[1], input[2] and 2 more: at a kink, where the slopes on both sides differ"), out());
    }

    @Test
    void a_formula_that_is_not_defined_everywhere_asks_for_another_range() {
        assertEquals(1, runPlugin("loss", "brook-log"));
        assertTrue(out().contains("if the formula is not defined here, --between draws the inputs from another range"), out());
        assertEquals(0, runPlugin("loss", "brook-log", "--between", "0.1,0.9"), () -> out() + err());
    }

    @Test
    void the_same_seed_gives_the_same_point() {
        run("layer", "gelu", "--seed", "5");
        String first = out();
        run("layer", "gelu", "--seed", "5");
        assertEquals(first, out());
    }

    @Test
    void the_examples_in_the_help_work() {
        assertEquals(0, run("--help"));
        List<String> examples = out().lines().map(String::strip).filter(line -> line.startsWith("thalweg gradcheck") && !line.contains("my-")).toList();
        assertEquals(3, examples.size(), examples.toString());
        for (String example : examples) {
            assertEquals(0, run(example.replace("thalweg gradcheck ", "").split(" ")), example);
        }
    }

    @Test
    void what_cannot_be_checked_is_answered_with_the_reason() {
        String help = "; 'thalweg gradcheck --help' shows how to use it\n";
        assertEquals(2, run("optimizer", "adam"));
        assertEquals("thalweg gradcheck: an optimizer has no gradient to check; available: layer, loss" + help, err());
        assertEquals(2, run("lair", "dense"));
        assertTrue(err().startsWith("thalweg gradcheck: no kind is called 'lair'; "), err());
        assertEquals(2, run("layer", "dens"));
        assertTrue(err().startsWith("thalweg gradcheck: no layer is called 'dens'; did you mean 'dense'"), err());
        assertEquals(2, run("layer", "dense"));
        assertTrue(err().contains("units: is required"), err());
        assertEquals(2, run("layer", "dense", "--set", "unit=3", "--set", "units=2"));
        assertTrue(err().contains("--set unit=3: unit: unknown setting; did you mean 'units'"), err());
        assertEquals(2, run("layer", "relu", "--shape", "4,x"));
        assertEquals("thalweg gradcheck: --shape must be numbers with commas between them, but is '4,x'" + help, err());
        assertEquals(2, run("layer", "relu", "--between", "2,1"));
        assertTrue(err().startsWith("thalweg gradcheck: --between must be two numbers in rising order"), err());
        assertEquals(2, runPlugin("layer", "brook-count"));
        assertEquals("the layer's output is INT32, which has no gradient\n", err());
        assertEquals(2, run("loss", "ctc", "--shape", "4,3"));
        assertTrue(err().startsWith("ctc: 'input' must be [rows, time, symbols]"), err());
    }
}
