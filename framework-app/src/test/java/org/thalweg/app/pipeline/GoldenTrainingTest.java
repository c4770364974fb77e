package org.thalweg.app.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.DataContext;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.optim.Optimizer;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.tensor.DType;
import org.thalweg.autodiff.layer.Dense;
import org.thalweg.autodiff.layer.Tanh;
import org.thalweg.data.Bundled;
import org.thalweg.data.Standardise;
import org.thalweg.loss.CrossEntropy;
import org.thalweg.optim.Adam;
import org.thalweg.optim.Sgd;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Whole runs on Fisher's iris data, against PyTorch's in double precision. */
class GoldenTrainingTest {
    /** PyTorch's names of the options, and the settings'. */
    private static final Map<String, String> OPTIONS = Map.of("lr", "learningRate", "momentum", "momentum");

    private static final Map<String, Function<Map<String, Object>, Optimizer>> OPTIMIZERS = Map.of(
            "sgd", settings -> Settings.of(Sgd.class, settings),
            "adam", settings -> Settings.of(Adam.class, settings));


    static Stream<Arguments> casesOnEveryBackend() throws IOException {
        List<Arguments> arguments = new ArrayList<>();
        try (InputStream file = GoldenTrainingTest.class.getResourceAsStream("training.json")) {
            for (JsonNode run : new ObjectMapper().readTree(file).get("cases")) {
                if (OPTIMIZERS.containsKey(run.get("optimizer").asString())) {
                    for (Computer computer : Computer.values()) {
                        arguments.add(Arguments.of(run.get("optimizer").asString(), computer, run));
                    }
                }
            }
        }
        return arguments.stream();
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("casesOnEveryBackend")
    void everyLossAndTheFinalParametersArePyTorchs(String optimizer, Computer computer, JsonNode run) throws IOException {
        Recorder recorder = new Recorder();
        int[] order = run.get("order").valueStream().mapToInt(JsonNode::asInt).toArray();
        TrainingResult result = computer.pipeline()
                .dtype(DType.FLOAT64)
                .training(iris())
                .model(Dense.of(8), new Tanh(), Dense.of(3))
                .loss(Settings.of(CrossEntropy.class, Map.of()))
                .optimizer(optimizer(optimizer, run.get("options")))
                .batchSize(run.get("batch").asInt())
                .epochs(run.get("epochs").asInt())
                .initialParameters(tensors(run.get("initial")))
                .rowOrder(epoch -> order)
                .listenEverySteps(1)
                .listener(recorder)
                .build()
                .train();

        assertClose(numbers(run.get("loss_per_step")), recorder.losses().stream().mapToDouble(x -> x).toArray(), "loss");
        tensors(run.get("final")).forEach(
                (path, want) -> assertClose(want, result.finalWeights().parameters().get(path).values(), path));
    }

    private static Optimizer optimizer(String name, JsonNode options) {
        Map<String, Object> settings = new LinkedHashMap<>();
        options.propertyStream().forEach(option -> {
            assertTrue(OPTIONS.containsKey(option.getKey()), () -> "unknown option " + option.getKey());
            settings.put(OPTIONS.get(option.getKey()), option.getValue().asDouble());
        });
        return OPTIMIZERS.get(name).apply(settings);
    }

    private static Map<String, double[]> tensors(JsonNode tensors) {
        Map<String, double[]> values = new LinkedHashMap<>();
        tensors.propertyStream().forEach(tensor -> values.put(tensor.getKey(), numbers(tensor.getValue().get("data"))));
        return values;
    }

    private static double[] numbers(JsonNode list) {
        return list.valueStream().mapToDouble(JsonNode::asDouble).toArray();
    }

    private static void assertClose(double[] want, double[] got, String what) {
        assertEquals(want.length, got.length, what);
        for (int i = 0; i < want.length; i++) {
            assertEquals(want[i], got[i], 1e-9 * Math.abs(want[i]) + 1e-12, what + "[" + i + "]");
        }
    }

    private static Dataset iris() throws IOException {
        Dataset flowers = new Bundled(Bundled.Name.IRIS).open(new DataContext(Path.of("")));
        return new Standardise(Column.INPUT).fit(flowers).apply(flowers);
    }
}
