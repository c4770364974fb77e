package org.thalweg.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From files of cases to lines and exit code. The numbers themselves are tested where the formulas are. */
class ConformanceCommandTest {
    private static final String LOSS = """
            {"loss": "mse", "options": {"reduction": "none"},
             "inputs": {"input": {"shape": [2], "data": [1.0, 3.0]}, "target": {"shape": [2], "data": [1.0, 1.0]}},
             "value": {"shape": [2], "data": [0.0, 4.0]}, "upstream": {"shape": [2], "data": [1.0, 0.5]},
             "gradients": {"input": {"shape": [2], "data": [0.0, 2.0]}}}""";

    private static final String OPTIMIZER = """
            {"optimizer": "sgd", "options": {"lr": 0.5, "momentum": 0.5},
             "initial": {"shape": [1], "data": [1.0]},
             "gradients": [{"shape": [1], "data": [1.0]}, {"shape": [1], "data": [1.0]}],
             "parameters_after_step": {"1": {"shape": [1], "data": [0.5]}, "2": {"shape": [1], "data": [-0.25]}}}""";

    private static final String SCHEDULE = """
            {"schedule": "constant", "base_lr": 0.5, "options": {"factor": 0.5}, "lr_at_step": [0.25, 0.25, 0.25, 0.25, 0.25, 0.5]}""";

    private static final String LAYER = """
            {"layer": "dense", "options": {}, "training": true, "inputs": [{"shape": [1, 2], "data": [1.0, 2.0]}],
             "state": {"weight": {"shape": [1, 2], "data": [3.0, 4.0]}, "bias": {"shape": [1], "data": [5.0]}},
             "output": {"shape": [1, 1], "data": [16.0]}, "upstream": {"shape": [1, 1], "data": [2.0]},
             "input_gradients": [{"shape": [1, 2], "data": [6.0, 8.0]}],
             "parameter_gradients": {"weight": {"shape": [1, 2], "data": [2.0, 4.0]}, "bias": {"shape": [1], "data": [2.0]}},
             "state_after": {}}""";

    @TempDir
    private Path folder;

    private record Outcome(int code, String out, String err) {}

    @ParameterizedTest
    @ValueSource(strings = {"", "--reference"})
    void everyFormOfCasePassesOnBothEngines(String engine) throws IOException {
        Path file = write("cases.json", LOSS, OPTIMIZER, SCHEDULE, LAYER);
        assertEquals(new Outcome(0, "4 passed, 0 failed, 0 unsupported\n", ""),
                engine.isEmpty() ? run(file.toString()) : run(engine, file.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--reference"})
    void trainingsRunThroughThePipeline(String engine) throws IOException {
        Path file = folder.resolve("training.json");
        try (var cases = ConformanceCommandTest.class.getResourceAsStream("/org/thalweg/app/pipeline/training.json")) {
            Files.write(file, cases.readAllBytes());
        }
        Outcome outcome = engine.isEmpty() ? run(file.toString()) : run(engine, file.toString());
        String summary = outcome.out().lines().reduce((first, last) -> last).orElseThrow();
        assertEquals(true, summary.matches("[23] passed, 0 failed, [01] unsupported"), outcome.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            LOSS      | [0.0, 2.0]        | [0.0, 2.1]        | mse      | gradient of 'input'[1]: got 2.0, want 2.1
            LOSS      | "data": [0.0, 4.0]| "data": [0.0, 4.1]| mse      | value[1]: got 4.0, want 4.1
            LOSS      | "data": [0.0, 4.0]| "data": ["NaN", 4]| mse      | value[0]: got 0.0, want NaN
            OPTIMIZER | [-0.25]           | [-0.3]            | sgd      | parameter after step 2[0]: got -0.25, want -0.3
            SCHEDULE  | , 0.5]            | , 0.6]            | constant | rate[5]: got 0.5, want 0.6
            LAYER     | [16.0]            | [17.0]            | dense    | output[0]: got 16.0, want 17.0
            LAYER     | [2.0, 4.0]        | [2.0, 5.0]        | dense    | gradient of 'weight'[1]: got 4.0, want 5.0
            """)
    void theFirstNumberThatDiffersIsNamed(String form, String right, String wrong, String name, String difference) throws IOException {
        Path file = write("cases.json", SCHEDULE, form(form).replace(right, wrong));
        assertEquals(
                new Outcome(1, "cases.json: case 1 (" + name + ") failed: " + difference + "\n1 passed, 1 failed, 0 unsupported\n", ""),
                run(file.toString()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            LOSS      | "reduction": "none" | "beta": 1            | mse      | the option beta = 1 is not known
            LOSS      | "reduction": "none" | "reduction": "batch" | mse      | the option reduction = batch is not known
            LOSS      | "mse"               | "msee"               | msee     | no loss is called 'msee'
            LOSS      | "target":           | "aim":               | mse      | the loss takes [input, target], but the case gives [aim, input]
            OPTIMIZER | "lr": 0.5           | "maximise": true     | sgd      | the option maximise = true is not known
            SCHEDULE  | "schedule"          | "planet"             | ?        | what it is about is not known: it has none of the fields [schedule, layer, function, model, optimizer, loss]
            """)
    void whatHasNoCounterpartIsUnsupportedAndNeverIgnored(String form, String from, String to, String name, String reason) throws IOException {
        Path file = write("cases.json", form(form).replace(from, to));
        assertEquals(
                new Outcome(1, "cases.json: case 0 (" + name + ") is unsupported: " + reason + "\n0 passed, 0 failed, 1 unsupported\n", ""),
                run(file.toString()));
    }

    /** What one row of one channel becomes, and the gradient of its first element fed back. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            reflection-pad1d | {"padding": [1, 2]}                                     | 2, 1, 2, 3, 2, 1 | 0, 1, 0
            constant-pad1d   | {"padding": [1, 0], "value": 7}                         | 7, 1, 2, 3       | 0, 0, 0
            max-pool1d       | {"kernel_size": 2, "ceil_mode": true}                   | 2, 3             | 0, 1, 0
            avg-pool1d       | {"kernel_size": 2, "ceil_mode": true}                   | 1.5, 3           | 0.5, 0.5, 0
            upsample         | {"size": 2, "mode": "linear", "align_corners": true}    | 1, 3             | 1, 0, 0
            ReplicationPad1d | {"padding": [0, 1]}                                     | 1, 2, 3, 3       | 1, 0, 0
            """)
    void optionsOfLayersMeanWhatTheyMeanInPyTorch(String name, String options, String output, String gradient) throws IOException {
        int length = output.split(",").length;
        // A name that is not known here is looked up by PyTorch's class.
        Path file = write("cases.json", """
                {"layer": "%s", "torch": "%s", "options": %s, "training": true, "inputs": [{"shape": [1, 1, 3], "data": [1.0, 2.0, 3.0]}], "state": {},
                 "output": {"shape": [1, 1, %d], "data": [%s]}, "upstream": {"shape": [1, 1, %d], "data": [%s]},
                 "input_gradients": [{"shape": [1, 1, 3], "data": [%s]}], "parameter_gradients": {}, "state_after": {}}""".formatted(
                name, name, options, length, output, length, "1" + ", 0".repeat(length - 1), gradient));
        assertEquals("1 passed, 0 failed, 0 unsupported\n", run("--reference", file.toString()).out());
    }

    @Test
    void toMaximizeIsToFollowTheOppositeGradient() throws IOException {
        Path file = write("cases.json", OPTIMIZER.replace("\"lr\": 0.5", "\"lr\": 0.5, \"maximize\": true")
                .replace("[0.5]", "[1.5]").replace("[-0.25]", "[2.25]"));
        assertEquals("1 passed, 0 failed, 0 unsupported\n", run("--reference", file.toString()).out());
    }

    /** The output is the input's sum with what was before; the rows are the second axis, or there are none. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"hidden_size\": 1, \"nonlinearity\": \"relu\", \"batch_first\": false} [2, 1, 1]", "{\"hidden_size\": 1, \"nonlinearity\": \"relu\"} [2, 1]"})
    void sequencesMayHaveTimeFirstOrNoRows(String given) throws IOException {
        String options = given.substring(0, given.indexOf('}') + 1);
        String shape = given.substring(given.indexOf('}') + 2);
        Path file = write("cases.json", """
                {"layer": "rnn", "options": %s, "training": true, "inputs": [{"shape": %s, "data": [1.0, 2.0]}],
                 "state": {"weight_ih_l0": {"shape": [1, 1], "data": [1.0]}, "weight_hh_l0": {"shape": [1, 1], "data": [1.0]},
                           "bias_ih_l0": {"shape": [1], "data": [0.0]}, "bias_hh_l0": {"shape": [1], "data": [0.0]}},
                 "output": {"shape": %s, "data": [1.0, 3.0]}, "upstream": {"shape": %s, "data": [0.0, 1.0]},
                 "input_gradients": [{"shape": %s, "data": [1.0, 1.0]}], "parameter_gradients": {}, "state_after": {}}""".formatted(
                options, shape, shape, shape, shape));
        assertEquals("1 passed, 0 failed, 0 unsupported\n", run("--reference", file.toString()).out());
    }

    /** Nothing matches better than anything else, so that the output is the mean of the values: the third input, not the second. */
    @Test
    void attentionTakesTheMeansOfTheThirdInput() throws IOException {
        Path file = write("cases.json", """
                {"layer": "multi-head-attention", "options": {"num_heads": 1}, "training": true,
                 "inputs": [{"shape": [1, 1, 1], "data": [5.0]}, {"shape": [1, 2, 1], "data": [7.0, 8.0]}, {"shape": [1, 2, 1], "data": [2.0, 4.0]}],
                 "state": {"in_proj_weight": {"shape": [3, 1], "data": [0.0, 0.0, 1.0]}, "in_proj_bias": {"shape": [3], "data": [0.0, 0.0, 0.0]},
                           "out_proj.weight": {"shape": [1, 1], "data": [1.0]}, "out_proj.bias": {"shape": [1], "data": [0.0]}},
                 "output": {"shape": [1, 1, 1], "data": [3.0]}, "upstream": {"shape": [1, 1, 1], "data": [2.0]},
                 "input_gradients": [{"shape": [1, 1, 1], "data": [0.0]}, {"shape": [1, 2, 1], "data": [0.0, 0.0]}, {"shape": [1, 2, 1], "data": [1.0, 1.0]}],
                 "parameter_gradients": {}, "state_after": {}}""");
        assertEquals("1 passed, 0 failed, 0 unsupported\n", run("--reference", file.toString()).out());
    }

    /** The least change is a rate in PyTorch, whatever the base rate. */
    @Test
    void aFallOfTheRateByLessThanPyTorchsLeastChangeIsLeftOut() throws IOException {
        Path file = write("cases.json", """
                {"schedule": "reduce-on-plateau", "base_lr": 1e-7, "options": {"patience": 0}, "metrics": [1, 1, 1, 1],
                 "lr_at_step": [1e-7, 1e-7, 1e-8, 1e-8]}""");
        assertEquals("1 passed, 0 failed, 0 unsupported\n", run(file.toString()).out());
    }

    @Test
    void stateThatTheLayerDoesNotAskForIsUnsupported() throws IOException {
        Path file = write("cases.json", LAYER.replace("\"options\": {}", "\"options\": {\"bias\": false}"));
        assertEquals("cases.json: case 0 (dense) is unsupported: the layer does not ask for [bias], only for [weight]",
                run(file.toString()).out().lines().findFirst().orElseThrow());
    }

    @Test
    void aWrongShapeFailsWithBothShapes() throws IOException {
        Path file = write("cases.json", LOSS.replace("\"target\": {\"shape\": [2], \"data\": [1.0, 1.0]}", "\"target\": {\"shape\": [1], \"data\": [1.0]}"));
        assertEquals(
                "cases.json: case 0 (mse) failed: ShapeException: mse: 'target' must have the shape of 'input', [2], but has [1]",
                run(file.toString()).out().lines().findFirst().orElseThrow());
    }

    @Test
    void aFileThatIsNoneIsOneSentence() throws IOException {
        Path text = Files.writeString(folder.resolve("text.json"), "{\n  \"cases\": [,]}");
        Outcome outcome = run(text.toString());
        assertEquals(2, outcome.code());
        assertEquals(true, outcome.err().startsWith(text + " is not JSON: line 2: "), outcome.err());
        assertEquals(1, outcome.err().lines().count(), outcome.err());

        Path other = Files.writeString(folder.resolve("other.json"), "[1, 2]");
        assertEquals(new Outcome(2, "", other + " holds no cases: it must be {\"cases\": [{...}, ...]}\n"), run(other.toString()));

        Path missing = folder.resolve("missing.json");
        assertEquals(new Outcome(2, "", "there is no file " + missing + "\n"), run(missing.toString()));

        Path broken = write("broken.json", LOSS.replace("\"upstream\"", "\"downstream\""));
        assertEquals(new Outcome(2, "", "broken.json: case 0: 'upstream' must be there\n"), run(broken.toString()));

        Path shape = write("shape.json", LOSS.replace("\"shape\": [2], \"data\": [0.0, 4.0]", "\"shape\": [3], \"data\": [0.0, 4.0]"));
        assertEquals(new Outcome(2, "", "shape.json: case 0: 'value' must be as long as its shape [3] says, 3 numbers\n"), run(shape.toString()));
    }

    private static String form(String name) {
        return Map.of("LOSS", LOSS, "OPTIMIZER", OPTIMIZER, "SCHEDULE", SCHEDULE, "LAYER", LAYER).get(name);
    }

    private Path write(String name, String... cases) throws IOException {
        return Files.writeString(folder.resolve(name), "{\"source\": \"here\", \"cases\": [" + String.join(",\n", cases) + "]}");
    }

    private static Outcome run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] all = new String[arguments.length + 1];
        all[0] = "conformance";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        int code = Main.run(new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8), false, Map.of()), all);
        return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
